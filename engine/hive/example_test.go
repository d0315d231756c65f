package hive_test

import (
	"errors"
	"fmt"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/engine/hive"
)

func ExampleParse() {
	s, err := hive.Parse("create external table Logs (version int, start bigint) partitioned by (`date` date) " +
		"row format delimited fields terminated by ' ' location 's3://b/AWSLogs/'")
	if err != nil {
		fmt.Println(err)
		return
	}
	table := s.(*hive.CreateTable).Table
	fmt.Println(table.Name, len(table.Columns), table.Partitions[0].Name, string(table.Storage.FieldSeparator()) == " ")
	fmt.Println(hive.Print(s))
	// Output:
	// logs 2 date true
	// CREATE EXTERNAL TABLE `logs`(
	//   `version` int,
	//   `start` bigint)
	// PARTITIONED BY (
	//   `date` date)
	// ROW FORMAT DELIMITED
	//   FIELDS TERMINATED BY ' '
	// STORED AS TEXTFILE
	// LOCATION
	//   's3://b/AWSLogs/'
}

func ExampleParse_error() {
	_, err := hive.Parse("CREATE EXTERNAL TABLE logs (start bigint, end bigint)")
	var f *fault.Error
	if errors.As(err, &f) {
		fmt.Println(f.Render())
	}
	// Output:
	// SYNTAX_ERROR: line 1:43: mismatched input 'end' expecting <identifier>
	// CREATE EXTERNAL TABLE logs (start bigint, end bigint)
	//                                           ^
	// hint: END is a reserved word; to use it as a name write `end`
}
