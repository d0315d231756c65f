package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// errNoPlace is why nothing can be written where no locations are known.
var errNoPlace = errors.New("no locations are known: pass --mount s3://bucket/prefix=DIRECTORY to write below a directory")

// keeper is what statements write to.
func (e *Engine) keeper(location string) (source.Keeper, error) {
	k, ok := e.options.Locations.(source.Keeper)
	if !ok {
		return nil, fmt.Errorf("write to %s: %w", location, errNoPlace)
	}
	return k, nil
}

// checkPlace refuses to write among the source's own objects, or into the
// location of another table, in which the files would be taken for its records.
func (e *Engine) checkPlace(ctx context.Context, s dialect.Statement, w *writing) error {
	if _, _, err := source.ParseURL(w.location); err != nil {
		return fault(s, invalidTableProperty, "the location "+w.location+" is no URL of a bucket", "write s3://my-bucket/prefix/; --mount s3://my-bucket/prefix=DIRECTORY puts it below a directory")
	}
	if strings.Contains(w.location, "/../") || strings.Contains(w.location, "/./") {
		return fault(s, invalidTableProperty, "the location "+w.location+" is no plain path", "")
	}
	if within, err := e.withinSource(ctx, w.location); err != nil {
		return err
	} else if within {
		return refused(s, fmt.Sprintf("vpcq does not write to %s: it is among the objects of %s", w.location, e.options.Source), "write to another prefix")
	}
	for _, d := range e.options.Catalog.Databases() {
		for _, t := range e.options.Catalog.Tables(d.Name) {
			if place := e.placeAmong(ctx, &t, w.location); place != "" && !w.mayShare(&t, place) {
				return refused(s, fmt.Sprintf("vpcq does not write to %s: table %s.%s reads all that lies below %s", w.location, t.Database, t.Name, place), "write to another prefix")
			}
		}
	}
	return nil
}

// mayShare reports whether what is written below a place may be read by a table
// too: by that which it is inserted into, and by others that lie just where it does.
func (w *writing) mayShare(t *schema.Table, place string) bool {
	own := w.table != nil && t.Database == w.table.Database && t.Name == w.table.Name
	return own || w.table != nil && !w.creates && place == w.location
}

// withinSource reports whether a location lies below the source's root, under
// whatever name.
func (e *Engine) withinSource(ctx context.Context, location string) (bool, error) {
	if e.options.Source == nil {
		return false, nil
	}
	if root := e.options.Source.String(); strings.HasPrefix(root, "s3://") && strings.HasPrefix(location, asFolder(root)) {
		return true, nil
	}
	from, ok := e.options.Source.(source.Locator)
	to, writable := e.options.Locations.(source.Locator)
	if !ok || !writable {
		return false, nil
	}
	root, err := from.Locate(ctx, "")
	if err != nil {
		return false, err
	}
	place, err := to.Locate(ctx, location)
	return strings.HasPrefix(place, root), err
}

// placeAmong is the prefix below which a table reads a location: its own, or what
// its partitions are projected below; empty where it does not read it. Two URLs
// may be mounted on one directory.
func (e *Engine) placeAmong(ctx context.Context, t *schema.Table, location string) string {
	places := []string{t.Location}
	if partitions.IsProjected(t) {
		template, _ := t.Properties.Value("storage.location.template")
		before, _, _ := strings.Cut(template, "${")
		places = append(places, before[:strings.LastIndexByte(before, '/')+1])
	}
	for _, p := range places {
		if p != "" && (strings.HasPrefix(location, asFolder(p)) || e.isBelow(ctx, location, asFolder(p))) {
			return asFolder(p)
		}
	}
	return ""
}

// isBelow reports whether one location is known to lie in the place of another.
func (e *Engine) isBelow(ctx context.Context, location, other string) bool {
	locator, ok := e.options.Locations.(source.Locator)
	if !ok {
		return false
	}
	above, err := locator.Locate(ctx, other)
	if err != nil {
		return false // it is not read either
	}
	place, err := locator.Locate(ctx, location)
	return err == nil && strings.HasPrefix(place, above)
}

// checkEmpty refuses a location that holds an object. What a folder is marked
// with is none, nor is the stage of a statement that writes just now.
func (e *Engine) checkEmpty(ctx context.Context, w *writing) error {
	for o, err := range e.options.Locations.Objects(ctx, w.location) {
		if err != nil {
			return err
		}
		if strings.HasSuffix(o.Key, "/") || strings.HasPrefix(o.Key[len(w.location):], ".vpcq-") {
			continue
		}
		message := "Target directory already exists: " + w.location
		if w.table != nil {
			message = fmt.Sprintf("Target directory for table '%s.%s' already exists: %s", w.table.Database, w.table.Name, w.location)
		}
		return unplaced("HIVE_PATH_ALREADY_EXISTS", message+". You may need to manually clean the data before retrying", "there is "+o.Key+"; nothing is overwritten")
	}
	return nil
}
