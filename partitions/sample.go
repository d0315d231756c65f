package partitions

// Sample returns objects whose headers show every format among objects: the
// first of each flow log, whose format AWS never changes after its creation, in
// each account and region; and of the objects whose names tell no flow log, the
// first in each folder. Objects of no bytes show nothing and
// are taken only where there is no other.
func Sample(objects []Object) []Object {
	type origin struct{ flowLog, account, region, folder string }
	first := make(map[origin]int)
	var sample []Object
	for _, o := range objects {
		at := origin{flowLog: o.FlowLog, account: o.Partition.Account, region: o.Partition.Region}
		if o.FlowLog == "" {
			at = origin{folder: o.Partition.Prefix}
		}
		i, ok := first[at]
		switch {
		case !ok:
			first[at] = len(sample)
			sample = append(sample, o)
		case sample[i].Size == 0 && o.Size > 0:
			sample[i] = o
		}
	}
	return sample
}
