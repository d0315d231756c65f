package engine_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
)

const (
	defaultHeader = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n"
	regionHeader  = "version region new-field bytes bytes\n"
	tgwHeader     = "version resource-type account-id tgw-id\n"
)

// declare gives what is declared over objects of a bucket.
func declare(t *testing.T, location string, objects map[string]string) ([]engine.Declaration, error) {
	t.Helper()
	files := fstest.MapFS{}
	for key, text := range objects {
		files[key] = &fstest.MapFile{Data: []byte(text)}
	}
	survey, err := engine.New(nil, engine.Options{Source: source.FS(files, "s3://b/logs/")}).Survey(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return survey.Declare(location)
}

func object(account, region, day, flow string) string {
	return "AWSLogs/" + account + "/vpcflowlogs/" + region + "/" + day + "/" + account + "_vpcflowlogs_" + region + "_" + flow + "_" + strings.ReplaceAll(day, "/", "") + "T0000Z_00000000.log"
}

func TestDeclare(t *testing.T) {
	got, err := declare(t, "", map[string]string{
		object("111122223333", "us-east-1", "2024/03/02", "fl-1"): defaultHeader,
		object("111122223333", "eu-west-1", "2024/03/01", "fl-2"): defaultHeader,
	})
	if err != nil || len(got) != 1 {
		t.Fatalf("%d tables, %v", len(got), err)
	}
	want := `CREATE EXTERNAL TABLE IF NOT EXISTS 'vpc_flow_logs'(
  'version' int,
  'account_id' string,
  'interface_id' string,
  'srcaddr' string,
  'dstaddr' string,
  'srcport' int,
  'dstport' int,
  'protocol' bigint,
  'packets' bigint,
  'bytes' bigint,
  'start' bigint,
  'end' bigint,
  'action' string,
  'log_status' string)
PARTITIONED BY (
  'account' string,
  'region' string,
  'day' string)
ROW FORMAT DELIMITED
  FIELDS TERMINATED BY " "
STORED AS TEXTFILE
LOCATION
  "s3://b/logs/AWSLogs/"
TBLPROPERTIES (
  "skip.header.line.count"="1",
  "projection.enabled"="true",
  "projection.account.type"="enum",
  "projection.account.values"="111122223333",
  "projection.region.type"="enum",
  "projection.region.values"="eu-west-1,us-east-1",
  "projection.day.type"="date",
  "projection.day.range"="2024/03/01,NOW",
  "projection.day.format"="yyyy/MM/dd",
  "projection.day.interval"="1",
  "projection.day.interval.unit"="DAYS",
  "storage.location.template"="s3://b/logs/AWSLogs/${account}/vpcflowlogs/${region}/${day}/")`
	want = strings.NewReplacer("'", "`", `"`, "'").Replace(want)
	if got[0].String() != want || got[0].Notes != nil {
		t.Errorf("got\n%s\n%v\nwant\n%s", got[0], got[0].Notes, want)
	}
}

// TestDeclareLayouts holds that the declaration for each layout parses back, and
// that its template spells the folder of the layout's example.
func TestDeclareLayouts(t *testing.T) {
	for _, layout := range partitions.Layouts {
		got, err := declare(t, "s3://other/place", map[string]string{strings.TrimSuffix(layout.Example, ".gz"): regionHeader})
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %d tables, %v", layout.Name, len(got), err)
			continue
		}
		s, err := hive.Parse(got[0].String())
		if err != nil || !reflect.DeepEqual(s.(*hive.CreateTable).Table, got[0].Table) {
			t.Errorf("%s: %v\n%s", layout.Name, err, got[0])
			continue
		}
		template, _ := got[0].Table.Properties.Value("storage.location.template")
		values := []string{"${aws_region}", "us-east-1", "${aws-region}", "us-east-1", "${account}", "111122223333", "${aws-account-id}", "111122223333",
			"${organization}", "o-a1b2c3d4e5", "${aws-service}", "vpcflowlogs", "${service}", "vpcflowlogs", "${hour}", "16", "${year}", "2024", "${month}", "03"}
		if strings.Contains(template, "${year}") {
			values = append(values, "${day}", "02")
		}
		folder := "s3://other/place/" + layout.Example[:strings.LastIndexByte(layout.Example, '/')+1]
		if filled := strings.NewReplacer(append(values, "${day}", "2024/03/02")...).Replace(template); filled != folder {
			t.Errorf("%s: the template %s gives %s, want %s", layout.Name, template, filled, folder)
		}
		if c := got[0].Table.Columns; len(c) != 5 || c[2].Name != "new_field" || c[4].Name != "column_5" {
			t.Errorf("%s: the columns are %v", layout.Name, c)
		}
	}
}

// TestDeclareFormats holds that flow logs of different formats get tables of
// their own, which do not meet, or say where they do.
func TestDeclareFormats(t *testing.T) {
	got, err := declare(t, "", map[string]string{
		object("111122223333", "us-east-1", "2024/03/02", "fl-1"): defaultHeader,
		object("444455556666", "eu-west-1", "2024/03/02", "fl-2"): defaultHeader,
		object("444455556666", "us-east-1", "2024/03/02", "fl-3"): regionHeader,
		object("444455556666", "us-east-1", "2024/03/02", "fl-4"): tgwHeader,
	})
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, d := range got {
		accounts, _ := d.Table.Properties.Value("projection.account.values")
		regions, _ := d.Table.Properties.Value("projection.region.values")
		if regions == "" {
			regions, _ = d.Table.Properties.Value("projection.aws_region.values")
		}
		words = append(words, strings.Join(append([]string{d.Table.Name, accounts, regions}, d.Notes...), " "))
	}
	note := func(flow string) string {
		return " 444455556666 us-east-1: flow log " + flow + " lies in the same folders with another format, and this table reads its fields by position: leave its days out"
	}
	want := []string{
		"vpc_flow_logs 111122223333 us-east-1",
		"vpc_flow_logs_2 444455556666 eu-west-1",
		"vpc_flow_logs_3 444455556666 us-east-1" + note("fl-4"),
		"tgw_flow_logs 444455556666 us-east-1" + note("fl-3"),
	}
	if !reflect.DeepEqual(words, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(words, "\n"), strings.Join(want, "\n"))
	}
}

func TestDeclareLoose(t *testing.T) {
	got, err := declare(t, "", map[string]string{"march/a.log": defaultHeader, "empty/b.log": ""})
	if err != nil || len(got) != 1 || got[0].Table.Location != "s3://b/logs/march/" || got[0].Table.Partitions != nil {
		t.Errorf("%v, %v", got, err)
	}
}

// Objects without a header line lose no record to a line that is skipped, and
// JSON documents are no text of fields.
func TestDeclareHeaderless(t *testing.T) {
	const record = "2 111122223333 eni-1 10.0.0.1 10.0.0.9 40000 22 6 1 40 1709337601 1709337660 REJECT OK"
	got, err := declare(t, "", map[string]string{
		"exportedlogs/task/eni-1-all/000000": "2024-03-02T00:00:01.000Z " + record + "\n",
		"2024/03/02/00/logs-1":               record + "\n",
		"2024/03/02/01/logs-2":               `{"message":"` + record + `"}`,
	})
	if err != nil || len(got) == 0 {
		t.Fatalf("%d tables, %v", len(got), err)
	}
	for _, d := range got {
		if text := d.String(); strings.Contains(text, "skip.header.line.count") || !strings.Contains(strings.Join(d.Notes, "\n"), "split_part") {
			t.Errorf("%s\nnotes %q", text, d.Notes)
		}
	}
	_, err = declare(t, "", map[string]string{"2024/03/02/01/logs-2": `{"message":"` + record + `"}`})
	if err == nil || !strings.Contains(err.Error(), "declare (message string)") {
		t.Errorf("JSON alone: %v", err)
	}
}
