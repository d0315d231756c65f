package partitions

import (
	"strings"
	"time"
)

// Layout is one way in which keys spell partitions.
type Layout struct {
	Name    string
	Path    string // the folders from AWSLogs on, with what they tell in braces
	Doc     string // which delivery option gives it
	Example string // a key
}

// Layouts is every layout in which AWS delivers flow logs to S3, for VPC and
// Transit Gateway alike: both write the word vpcflowlogs. Sources: the VPC guide
// ("Flow log files", flow-logs-s3-path), the Transit Gateway guide
// (flow-logs-s3), which prints "service=" where the VPC guide has
// "aws-service=", and tables of Tailpipe for the organisation's folder.
var Layouts = []Layout{
	{Name: "daily", Path: "AWSLogs/{account}/vpcflowlogs/{region}/{year}/{month}/{day}/", Doc: "the default", Example: "AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "hourly", Path: "AWSLogs/{account}/vpcflowlogs/{region}/{year}/{month}/{day}/{hour}/", Doc: "PerHourPartition", Example: "AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/16/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "hive", Path: "AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/year={year}/month={month}/day={day}/", Doc: "HiveCompatiblePartitions", Example: "AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "hive-hourly", Path: "AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/year={year}/month={month}/day={day}/hour={hour}/", Doc: "HiveCompatiblePartitions and PerHourPartition", Example: "AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02/hour=16/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "hive-service", Path: "AWSLogs/aws-account-id={account}/service=vpcflowlogs/aws-region={region}/year={year}/month={month}/day={day}/", Doc: "HiveCompatiblePartitions as the Transit Gateway guide prints it", Example: "AWSLogs/aws-account-id=111122223333/service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "hive-service-hourly", Path: "AWSLogs/aws-account-id={account}/service=vpcflowlogs/aws-region={region}/year={year}/month={month}/day={day}/hour={hour}/", Doc: "the same with PerHourPartition", Example: "AWSLogs/aws-account-id=111122223333/service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02/hour=16/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "organization-daily", Path: "AWSLogs/{organization}/{account}/vpcflowlogs/{region}/{year}/{month}/{day}/", Doc: "an organisation's bucket", Example: "AWSLogs/o-a1b2c3d4e5/111122223333/vpcflowlogs/us-east-1/2024/03/02/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "organization-hourly", Path: "AWSLogs/{organization}/{account}/vpcflowlogs/{region}/{year}/{month}/{day}/{hour}/", Doc: "an organisation's bucket with PerHourPartition", Example: "AWSLogs/o-a1b2c3d4e5/111122223333/vpcflowlogs/us-east-1/2024/03/02/16/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "organization-hive", Path: "AWSLogs/{organization}/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/year={year}/month={month}/day={day}/", Doc: "an organisation's bucket with HiveCompatiblePartitions", Example: "AWSLogs/o-a1b2c3d4e5/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
	{Name: "organization-hive-hourly", Path: "AWSLogs/{organization}/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/year={year}/month={month}/day={day}/hour={hour}/", Doc: "an organisation's bucket with HiveCompatiblePartitions and PerHourPartition", Example: "AWSLogs/o-a1b2c3d4e5/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024/month=03/day=02/hour=16/111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20240302T1620Z_fe123456.log.gz"},
}

// Hourly reports whether the layout has a folder for each hour.
func (l *Layout) Hourly() bool { return strings.Contains(l.Path, "{hour}") }

// keys returns the names of the layout's key=value folders, in their order.
func (l *Layout) keys() []string {
	var keys []string
	for folder := range strings.SplitSeq(l.Path, "/") {
		if key, _, ok := strings.Cut(folder, "="); ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// part is what a folder of a layout tells.
type part uint8

const (
	word part = iota // nothing: it is always the same
	organization
	account
	region
	year
	month
	day
	hour
)

var parts = map[string]part{
	"{organization}": organization, "{account}": account, "{region}": region,
	"{year}": year, "{month}": month, "{day}": day, "{hour}": hour,
}

// The words that stand for themselves in keys.
const (
	awsLogs = "AWSLogs" // reserved by AWS: no prefix may be called so
	service = "vpcflowlogs"
)

// level is one folder of a layout.
type level struct {
	part part
	text string // a word's spelling, or what stands before the value: "year="
}

// levels is the folders of each of Layouts.
var levels = func() [][]level {
	all := make([][]level, len(Layouts))
	for i, l := range Layouts {
		for folder := range strings.SplitSeq(strings.TrimSuffix(l.Path, "/"), "/") {
			at := strings.IndexByte(folder, '{')
			if at < 0 {
				at = len(folder)
			}
			all[i] = append(all[i], level{parts[folder[at:]], folder[:at]})
		}
	}
	return all
}()

// isService reports whether the level is the one that names the service.
func (l level) isService() bool { return l.part == word && strings.HasSuffix(l.text, service) }

// value returns what the folder called name tells at this level; ok is false
// where the folder is none of this level. Where it is not sure that a layout has
// begun, accounts have exactly the twelve digits of AWS.
func (l level) value(name string, sure bool) (v string, ok bool) {
	v, ok = strings.CutPrefix(name, l.text)
	if !ok {
		return "", false
	}
	switch l.part {
	case word:
		return "", v == ""
	case organization:
		id, ok := strings.CutPrefix(v, "o-")
		return v, ok && id != "" && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
	case account:
		return v, digits(v) && (sure || len(v) == 12)
	case region:
		return v, isRegion(v)
	case year:
		return v, digits(v) && len(v) == 4 && v >= "1970"
	case month:
		return v, digits(v) && len(v) == 2 && "01" <= v && v <= "12"
	case day:
		return v, digits(v) && len(v) == 2 && "01" <= v && v <= "31"
	}
	return v, digits(v) && len(v) == 2 && v <= "23"
}

// digits reports whether s is a decimal number.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isRegion reports whether s is spelt like "us-east-1" or "eusc-de-east-1". A
// list of regions would be out of date with the next one.
func isRegion(s string) bool {
	end := strings.LastIndexByte(s, '-')
	return end > 1 && digits(s[end+1:]) && s[0] >= 'a' && s[0] <= 'z' &&
		strings.Trim(s[:end], "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// validDay reports whether the calendar has that day.
func validDay(y, m, d int) bool {
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d
}
