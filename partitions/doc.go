// Package partitions says where flow logs are.
//
// A layout is how keys spell partitions, such as
// "AWSLogs/{account}/vpcflowlogs/{region}/{year}/{month}/{day}/" (Layouts). A
// partition is the objects under one prefix of a layout: an account, a region, a
// date and, in hourly layouts, an hour. A Discovery lists a source level by level
// and leaves out every prefix whose partitions cannot satisfy its filter, before
// anything below it is listed. A loose object lies in no layout; its name may
// still tell its account, region and date. Foreign objects are other services'.
//
// A declared table has its partitions from its catalog or from a Projection: a
// projection computes the values of the partition columns from the table's
// properties, and a template says where the partition with these values lies.
//
// The date of a partition is the UTC date of its files' stamps, and a stamp is
// the time at which a window of record ends begins: a record that ends at 00:02
// lies in the folder of that day even if it started the day before.
package partitions
