-- A catalog for the bucket of this folder: vpcq query --catalog examples/catalog.sql --mount s3://my-bucket=examples/bucket
CREATE EXTERNAL TABLE flows (
  version int,
  account_id string,
  interface_id string,
  srcaddr string,
  dstaddr string,
  srcport int,
  dstport int,
  protocol bigint,
  packets bigint,
  bytes bigint,
  start bigint,
  `end` bigint,
  action string,
  log_status string
)
PARTITIONED BY (account string, region string, day string)
ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
LOCATION 's3://my-bucket/AWSLogs/'
TBLPROPERTIES (
  'skip.header.line.count'='1',
  'projection.enabled'='true',
  'projection.account.type'='enum',
  'projection.account.values'='111122223333',
  'projection.region.type'='enum',
  'projection.region.values'='us-east-1,eu-west-1',
  'projection.day.type'='date',
  'projection.day.range'='2025/11/01,NOW',
  'projection.day.format'='yyyy/MM/dd',
  'storage.location.template'='s3://my-bucket/AWSLogs/${account}/vpcflowlogs/${region}/${day}'
);
