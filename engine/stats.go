package engine

import (
	"math"

	"github.com/vpcq/vpcq/engine/loader"
)

// Stats says what one statement, or several, read and cost. Bytes are bytes;
// its JSON is the line that --stats prints.
type Stats struct {
	PartitionsListed int64   `json:"partitions_listed"` // partitions (days or hours) that were listed and hold objects to read
	PartitionsPruned int64   `json:"partitions_pruned"` // prefixes that a condition ruled out before they were listed
	PrefixesListed   int64   `json:"prefixes_listed"`   // listings asked of the source, of every level
	PrefixesUnlisted int64   `json:"prefixes_unlisted"` // that could not be listed: what lies below is left out
	ObjectsPlanned   int64   `json:"objects_planned"`
	Objects          int64   `json:"objects"` // opened
	ObjectsPassed    int64   `json:"objects_passed_over"`
	ObjectsSkipped   int64   `json:"objects_skipped"` // left out or cut short: damaged, or not to be read
	ObjectsCached    int64   `json:"objects_cached"`  // not opened, as the cache has their records
	BytesPlanned     int64   `json:"bytes_planned"`
	BytesRead        int64   `json:"bytes_read"` // as stored
	BytesDecoded     int64   `json:"bytes_decoded"`
	Lines            int64   `json:"lines"`
	Headers          int64   `json:"headers"`
	Records          int64   `json:"records"`
	RecordsRejected  int64   `json:"records_rejected"`
	RecordsDamaged   int64   `json:"records_damaged"`
	RecordsCached    int64   `json:"records_cached"`
	Rows             int64   `json:"rows"` // of the result
	Seconds          float64 `json:"seconds"`
	PeakMemory       int64   `json:"peak_memory_bytes"` // of the process, resident
	AthenaDollars    float64 `json:"athena_dollars"`
}

// add counts what a scan has read so far.
func (s *Stats) add(l *loader.Stats) {
	s.Objects += l.Objects.Load()
	s.ObjectsSkipped += l.ObjectsSkipped.Load()
	s.BytesRead += l.BytesRead.Load()
	s.BytesDecoded += l.BytesDecoded.Load()
	s.Lines += l.Lines.Load()
	s.Headers += l.Headers.Load()
	s.Records += l.Records.Load()
	s.RecordsRejected += l.Rejected.Load()
	s.RecordsDamaged += l.Damaged.Load()
}

// Add sums what two statements read; the peak of memory is the greater one.
func (s *Stats) Add(t Stats) {
	s.PartitionsListed += t.PartitionsListed
	s.PartitionsPruned += t.PartitionsPruned
	s.PrefixesListed += t.PrefixesListed
	s.PrefixesUnlisted += t.PrefixesUnlisted
	s.ObjectsPlanned += t.ObjectsPlanned
	s.Objects += t.Objects
	s.ObjectsCached += t.ObjectsCached
	s.ObjectsPassed += t.ObjectsPassed
	s.ObjectsSkipped += t.ObjectsSkipped
	s.BytesPlanned += t.BytesPlanned
	s.BytesRead += t.BytesRead
	s.BytesDecoded += t.BytesDecoded
	s.Lines += t.Lines
	s.Headers += t.Headers
	s.Records += t.Records
	s.RecordsCached += t.RecordsCached
	s.RecordsRejected += t.RecordsRejected
	s.RecordsDamaged += t.RecordsDamaged
	s.Rows += t.Rows
	s.Seconds += t.Seconds
	s.PeakMemory = max(s.PeakMemory, t.PeakMemory)
	s.AthenaDollars += t.AthenaDollars
}

// LeftOut reports whether something is missing that would have been read, were it
// in order.
func (s Stats) LeftOut() bool { return s.PrefixesUnlisted+s.ObjectsSkipped+s.RecordsRejected > 0 }

// AthenaCost is what Athena charges to scan so many stored bytes, in US
// dollars: 5 a terabyte, in whole megabytes, at least ten a query (AWS's price
// list for Athena SQL on demand). A statement that scans nothing is free.
func AthenaCost(bytes int64) float64 {
	const megabyte, terabyte = 1 << 20, 1 << 40
	if bytes == 0 {
		return 0
	}
	megabytes := math.Max(10, math.Ceil(float64(bytes)/megabyte))
	return megabytes * megabyte / terabyte * 5
}
