package catalog

import (
	"slices"

	"github.com/vpcq/vpcq/engine/hive"
)

// maxListed is how many partitions one statement of the file registers, so that
// a change writes few of them anew.
const maxListed = 1000

func (s *state) addPartitions(n hive.Name, a *hive.AddPartitions) error {
	it, err := s.needTable(n)
	if err != nil {
		return err
	}
	statements := s.partitionItems(n.Database, n.Table)
	names := map[string]bool{}
	for _, statement := range statements {
		for _, p := range statement.partitions {
			names[hive.PartitionName(p.Spec)] = true
		}
	}
	var added []Partition
	for _, add := range a.Partitions {
		spec, err := complete(it.table, add.Spec)
		if err != nil {
			return err
		}
		if name := hive.PartitionName(spec); names[name] && !a.IfNotExists {
			return taskError("AlreadyExistsException(message:Partition already exists: " + specText(spec) + ")")
		} else if names[name] {
			continue
		}
		names[hive.PartitionName(spec)] = true
		location := add.Location
		if location == "" {
			location = locationOf(it.table, spec)
		}
		added = append(added, Partition{spec, location})
	}
	return s.register(it, statements, added)
}

// register writes partitions into the last of a table's statements while it has
// room, and into statements behind it.
func (s *state) register(table *item, statements []*item, added []Partition) error {
	behind := table
	if len(statements) > 0 {
		behind = statements[len(statements)-1]
		if room := maxListed - len(behind.partitions); room > 0 && len(added) > 0 {
			room = min(room, len(added))
			it, err := listed(table.key, slices.Concat(behind.partitions, added[:room]))
			if err != nil {
				return err
			}
			s.put(behind, it)
			behind, added = it, added[room:]
		}
	}
	for chunk := range slices.Chunk(added, maxListed) {
		it, err := listed(table.key, chunk)
		if err != nil {
			return err
		}
		s.insert(behind, it)
		behind = it
	}
	return nil
}

// listed is a statement that registers partitions of a table.
func listed(table key, partitions []Partition) (*item, error) {
	a := &hive.AddPartitions{Table: hive.Name{Database: table.database, Table: table.name}}
	for _, p := range partitions {
		a.Partitions = append(a.Partitions, hive.NewPartition(p))
	}
	return define(a)
}

// relist puts other partitions into the place of those of a statement.
func (s *state) relist(old *item, partitions []Partition) error {
	if len(partitions) == 0 {
		s.remove(old)
		return nil
	}
	it, err := listed(old.key, partitions)
	if err == nil {
		s.put(old, it)
	}
	return err
}

// find is the statement that registers a partition, and its place there.
func (s *state) find(n hive.Name, spec hive.PartitionSpec) (statement *item, at int, err error) {
	it, err := s.needTable(n)
	if err != nil {
		return nil, 0, err
	}
	spec, err = complete(it.table, spec)
	if err != nil {
		return nil, 0, err
	}
	for _, statement := range s.partitionItems(n.Database, n.Table) {
		same := func(p Partition) bool { return slices.Equal(p.Spec, spec) }
		if at := slices.IndexFunc(statement.partitions, same); at >= 0 {
			return statement, at, nil
		}
	}
	return nil, -1, refuse("SemanticException [Error 10006]: Partition not found " + specText(spec))
}

func (s *state) dropPartitions(n hive.Name, d *hive.DropPartitions) error {
	for _, spec := range d.Specs {
		statement, at, err := s.find(n, spec)
		if at < 0 && d.IfExists {
			continue
		}
		if err != nil {
			return err
		}
		kept := slices.Delete(slices.Clone(statement.partitions), at, at+1)
		if err := s.relist(statement, kept); err != nil {
			return err
		}
	}
	return nil
}

// changePartition changes one partition.
func (s *state) changePartition(n hive.Name, spec hive.PartitionSpec, change func(*Partition) error) error {
	statement, at, err := s.find(n, spec)
	if err != nil {
		return err
	}
	all := slices.Clone(statement.partitions)
	if err := change(&all[at]); err != nil {
		return err
	}
	return s.relist(statement, all)
}

// renamePartition gives a partition other values. Its objects stay where they
// are, as those of an external table do.
func (s *state) renamePartition(n hive.Name, r *hive.RenamePartition) error {
	return s.changePartition(n, r.From, func(p *Partition) error {
		if _, at, err := s.find(n, r.To); at >= 0 && err == nil {
			return taskError("AlreadyExistsException(message:Partition already exists: " + specText(r.To) + ")")
		} else if at == 0 {
			return err
		}
		it, err := s.needTable(n)
		if err != nil {
			return err
		}
		p.Spec, err = complete(it.table, r.To)
		return err
	})
}
