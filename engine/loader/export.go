package loader

import (
	"bytes"
	"net/netip"
	"slices"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// stampLayout is how each line of an export from CloudWatch Logs begins: the
// event's time, which for flow logs is the record's start.
const stampLayout = "2006-01-02T15:04:05.000Z"

// exportPlan stands for the header line of an export, which has none. No line is
// equal to it.
const exportPlan = "export\n"

// readExport sets the format of an export from CloudWatch Logs to S3, and reports
// whether line, the object's first, shows that it is one: a stamp, which becomes
// the column timestamp as it stands, and then a record, of the log format that is
// given or else of the default one.
func (r *Reader) readExport(line []byte) bool {
	stamp, record, ok := bytes.Cut(line, []byte{' '})
	if !ok || len(stamp) != len(stampLayout) {
		return false
	}
	if _, err := time.Parse(stampLayout, string(stamp)); err != nil {
		return false
	}
	format := r.scan.opt.Format
	if format == nil {
		if !isDefaultRecord(record) {
			return false
		}
		format = &schema.DefaultVPC
	}
	if r.plan == nil || string(r.planOf) != exportPlan {
		r.setPlan([]byte(exportPlan), stamped(*format))
	}
	return true
}

// stamped is the format with the stamp before it.
func stamped(format schema.Format) schema.Format {
	columns := []schema.Column{{Name: "timestamp", Type: schema.String}}
	return schema.Format{Columns: append(columns, format.Columns...)}
}

// isDefaultRecord reports whether record can only be one of the default format:
// version 2, which no custom format with a later field has, as many fields,
// numbers where it has numbers, addresses, an action, and a log status at its end.
func isDefaultRecord(record []byte) bool {
	fields := bytes.Split(bytes.TrimRight(record, "\r\n"), []byte{' '})
	columns := schema.DefaultVPC.Columns
	if len(fields) != len(columns) || string(fields[0]) != "2" {
		return false
	}
	for i, c := range columns {
		if !fits(c, fields[i]) {
			return false
		}
	}
	return true
}

// fits reports whether the field of a record can be one of that column.
func fits(c schema.Column, field []byte) bool {
	ok := true
	switch c.Name {
	case "srcaddr", "dstaddr":
		_, err := netip.ParseAddr(string(field))
		ok = err == nil
	case "action":
		ok = string(field) == "ACCEPT" || string(field) == "REJECT"
	case "log_status":
		return slices.Contains([]string{"OK", "NODATA", "SKIPDATA"}, string(field))
	default:
		if c.Type != schema.String {
			_, ok = parseLong(field)
		}
	}
	return ok || isMissing(field)
}
