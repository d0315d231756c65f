package partitions

import (
	"strings"
	"time"
)

// FileName is what the name of a delivered file tells. AWS documents it as
// <account>_vpcflowlogs_<region>_<flow-log-id>_<YYYYMMDD>T<HHmm>Z_<hash>.log.gz;
// what a name does not have is empty.
type FileName struct {
	Account string
	Service string // "vpcflowlogs", or another service's word
	Region  string
	FlowLog string    // the id of the flow log: "fl-1234abcd"
	Stamp   time.Time // in UTC: where the window of five minutes begins in which the records end
	Hash    string
}

// ParseFileName returns what the last part of key tells; ok is false where it
// does not begin, after any other words, with an account and a service.
func ParseFileName(key string) (n FileName, ok bool) {
	name := key[strings.LastIndexByte(key, '/')+1:]
	if dot := strings.IndexByte(name[strings.LastIndexByte(name, '_')+1:], '.'); dot >= 0 {
		name = name[:strings.LastIndexByte(name, '_')+1+dot]
	}
	account, rest, found := strings.Cut(name, "_")
	for found && !digits(account) {
		account, rest, found = strings.Cut(rest, "_")
	}
	if !found {
		return FileName{}, false
	}
	n.Account = account
	n.Service, rest, found = strings.Cut(rest, "_")
	if n.Service == "" || digits(n.Service[:1]) {
		return FileName{}, false
	}
	for found {
		var w string
		w, rest, found = strings.Cut(rest, "_")
		n.take(w)
	}
	return n, n.Service == service || n.Region != "" && !n.Stamp.IsZero()
}

// take puts one word of the name where its spelling says that it belongs.
func (n *FileName) take(w string) {
	stamp, ok := parseStamp(w)
	switch {
	case ok && n.Stamp.IsZero():
		n.Stamp = stamp
	case n.Region == "" && n.FlowLog == "" && isRegion(w):
		n.Region = w
	case strings.HasPrefix(w, "fl-") && n.FlowLog == "":
		n.FlowLog = w
	case !n.Stamp.IsZero():
		n.Hash = w
	}
}

// parseStamp returns the time that a word such as "20240302T1620Z" spells.
func parseStamp(w string) (stamp time.Time, ok bool) {
	const spelling = "20060102T1504Z"
	if len(w) != len(spelling) || w[8] != 'T' || w[13] != 'Z' || !digits(w[:8]) || !digits(w[9:13]) {
		return stamp, false
	}
	number := func(from, to int) (n int) {
		for _, c := range []byte(w[from:to]) {
			n = n*10 + int(c-'0')
		}
		return n
	}
	year, month, day, hour, minute := number(0, 4), number(4, 6), number(6, 8), number(9, 11), number(11, 13)
	stamp = time.Date(year, time.Month(month), day, hour, minute, 0, 0, time.UTC)
	return stamp, int(stamp.Month()) == month && stamp.Day() == day && hour < 24 && minute < 60
}

// day returns the UTC date of the stamp; zero where there is none.
func (n FileName) day() time.Time {
	if n.Stamp.IsZero() {
		return n.Stamp
	}
	return n.Stamp.Truncate(24 * time.Hour)
}
