package schema

import (
	"maps"
	"strings"
)

// Resource is the kind of resource whose flow logs can carry a field; kinds add up.
type Resource uint8

// The resources. VPC stands for VPCs, subnets and network interfaces alike.
const (
	VPC Resource = 1 << iota
	TransitGateway
)

// Field is one value that AWS can write into a record.
type Field struct {
	Name    string // as header lines and log formats spell it: "account-id"
	Version int    // of the flow-log format that brought the field
	Type    Type   // as Athena's DDL for flow logs declares it
	Of      Resource
	Old     string // the column in the older DDLs of Athena's guide, such as "sourceaddress"; empty where they have none
	Doc     string // what it says, and the values it takes
}

// Column returns the column that holds the field: "account_id" for "account-id".
func (f Field) Column() Column {
	name, documented := columnNames[f.Name]
	if !documented {
		name = columnName(f.Name)
	}
	return Column{Name: name, Type: f.Type}
}

// columnName spells the name of a field as AWS's DDLs and Parquet files do.
func columnName(field string) string {
	return strings.ToLower(strings.ReplaceAll(field, "-", "_"))
}

// Fields is every field AWS documents, in the order of its pages: "Flow log
// records" of the VPC user guide, then what only Transit Gateway flow logs
// have. Types are those of the DDL in Athena's guide ("Query Amazon VPC flow
// logs"); where that has none, those that match the documented Parquet types.
// Text of every version is ASCII; the tags of version 11 are percent-encoded.
// A "-" stands for what is missing or does not apply.
var Fields = []Field{
	{Name: "version", Version: 2, Type: Int, Of: VPC | TransitGateway, Old: "version", Doc: "Flow log version = highest version among the fields of the format; default format = 2; values: 2 to 11"},
	{Name: "account-id", Version: 2, Type: String, Of: VPC | TransitGateway, Old: "account", Doc: "Account of the owner of the source network interface (TGW: owner of the transit gateway); values: 12 digits, unknown"},
	{Name: "interface-id", Version: 2, Type: String, Of: VPC, Old: "interfaceid", Doc: "ID of the network interface for which the traffic is recorded; values: eni-..."},
	{Name: "srcaddr", Version: 2, Type: String, Of: VPC | TransitGateway, Old: "sourceaddress", Doc: "Incoming: source IP; outgoing: private IP of the interface. TGW: source address of the incoming traffic; values: IPv4, IPv6"},
	{Name: "dstaddr", Version: 2, Type: String, Of: VPC | TransitGateway, Old: "destinationaddress", Doc: "Outgoing: destination IP; incoming: private IP of the interface. TGW: destination address of the outgoing traffic; values: IPv4, IPv6"},
	{Name: "srcport", Version: 2, Type: Int, Of: VPC | TransitGateway, Old: "sourceport", Doc: "Source port; values: 0..65535"},
	{Name: "dstport", Version: 2, Type: Int, Of: VPC | TransitGateway, Old: "destinationport", Doc: "Destination port; values: 0..65535"},
	{Name: "protocol", Version: 2, Type: BigInt, Of: VPC | TransitGateway, Old: "protocol", Doc: "IANA protocol number; values: 0..255"},
	{Name: "packets", Version: 2, Type: BigInt, Of: VPC | TransitGateway, Old: "numpackets", Doc: "Packets transferred during the flow"},
	{Name: "bytes", Version: 2, Type: BigInt, Of: VPC | TransitGateway, Old: "numbytes", Doc: "Bytes transferred during the flow"},
	{Name: "start", Version: 2, Type: BigInt, Of: VPC | TransitGateway, Old: "starttime", Doc: "Unix seconds when the first packet was received within the aggregation interval; may be up to 60 s after the packet was transmitted or received"},
	{Name: "end", Version: 2, Type: BigInt, Of: VPC | TransitGateway, Old: "endtime", Doc: "Unix seconds when the last packet was received within the aggregation interval; may be up to 60 s late"},
	{Name: "action", Version: 2, Type: String, Of: VPC, Old: "action", Doc: "ACCEPT or REJECT (REJECT also: packets that arrived after the connection was closed)"},
	{Name: "log-status", Version: 2, Type: String, Of: VPC | TransitGateway, Old: "logstatus", Doc: "OK = data logged normally; NODATA = no traffic in the interval; SKIPDATA = records skipped (capacity or error)"},
	{Name: "vpc-id", Version: 3, Type: String, Of: VPC, Old: "vpcid", Doc: "VPC that contains the interface"},
	{Name: "subnet-id", Version: 3, Type: String, Of: VPC, Old: "subnetid", Doc: "Subnet that contains the interface"},
	{Name: "instance-id", Version: 3, Type: String, Of: VPC, Old: "instanceid", Doc: "Instance associated with the interface, if you own it"},
	{Name: "tcp-flags", Version: 3, Type: Int, Of: VPC | TransitGateway, Old: "tcpflags", Doc: "Bitmask of FIN 1, SYN 2, RST 4, SYN-ACK 18 OR-ed over the aggregation interval (TGW page also lists PSH 8, ACK 16, URG 32)"},
	{Name: "type", Version: 3, Type: String, Of: VPC | TransitGateway, Old: "type", Doc: "Type of traffic; values: IPv4, IPv6, EFA"},
	{Name: "pkt-srcaddr", Version: 3, Type: String, Of: VPC, Old: "pktsrcaddr", Doc: "Packet-level (original) source IP"},
	{Name: "pkt-dstaddr", Version: 3, Type: String, Of: VPC, Old: "pktdstaddr", Doc: "Packet-level (original) destination IP"},
	{Name: "region", Version: 4, Type: String, Of: VPC | TransitGateway, Old: "region", Doc: "Region of the interface (TGW: of the transit gateway)"},
	{Name: "az-id", Version: 4, Type: String, Of: VPC, Old: "azid", Doc: "Availability Zone ID of the interface"},
	{Name: "sublocation-type", Version: 4, Type: String, Of: VPC, Old: "sublocationtype", Doc: "Type of sublocation; values: wavelength, outpost, localzone"},
	{Name: "sublocation-id", Version: 4, Type: String, Of: VPC, Old: "sublocationid", Doc: "ID of the sublocation"},
	{Name: "pkt-src-aws-service", Version: 5, Type: String, Of: VPC | TransitGateway, Old: "pktsrcawsservice", Doc: "Name of the IP range subset when pkt-srcaddr belongs to an AWS service; values: AMAZON, AMAZON_APPFLOW, AMAZON_CONNECT, API_GATEWAY, AURORA_DSQL, CHIME_MEETINGS, CHIME_VOICECONNECTOR, CLOUD9, CLOUDFRONT, CLOUDFRONT_ORIGIN_FACING, CODEBUILD, DYNAMODB, EBS, EC2, EC2_INSTANCE_CONNECT, GLOBALACCELERATOR, IVS_LOW_LATENCY, IVS_REALTIME, KINESIS_VIDEO_STREAMS, MEDIA_PACKAGE_V2, ROUTE53, ROUTE53_HEALTHCHECKS, ROUTE53_HEALTHCHECKS_PUBLISHING, ROUTE53_RESOLVER, S3, WORKSPACES_GATEWAYS"},
	{Name: "pkt-dst-aws-service", Version: 5, Type: String, Of: VPC | TransitGateway, Old: "pktdstawsservice", Doc: "Name of the IP range subset when pkt-dstaddr belongs to an AWS service; values: same list as pkt-src-aws-service"},
	{Name: "flow-direction", Version: 5, Type: String, Of: VPC | TransitGateway, Old: "flowdirection", Doc: "Direction with respect to the interface; values: ingress, egress"},
	{Name: "traffic-path", Version: 5, Type: Int, Of: VPC, Old: "trafficpath", Doc: "Path of egress traffic: 1 another resource in the same VPC (incl. local gateway on Outpost); 2 internet gateway or gateway VPC endpoint; 3 virtual private gateway; 4 intra-region VPC peering; 5 inter-region VPC peering; 6 Local Zone / Wavelength (older texts: local gateway); 7 gateway VPC endpoint (Nitro); 8 internet gateway (Nitro)"},
	{Name: "ecs-cluster-arn", Version: 7, Type: String, Of: VPC, Doc: "ARN of the ECS cluster if the traffic is from a running ECS task"},
	{Name: "ecs-cluster-name", Version: 7, Type: String, Of: VPC, Doc: "Name of the ECS cluster"},
	{Name: "ecs-container-instance-arn", Version: 7, Type: String, Of: VPC, Doc: "ARN of the ECS container instance if the task runs on an EC2 instance"},
	{Name: "ecs-container-instance-id", Version: 7, Type: String, Of: VPC, Doc: "ID of the ECS container instance"},
	{Name: "ecs-container-id", Version: 7, Type: String, Of: VPC, Doc: "Docker runtime ID of the (first) container"},
	{Name: "ecs-second-container-id", Version: 7, Type: String, Of: VPC, Doc: "Docker runtime ID of the second container"},
	{Name: "ecs-service-name", Version: 7, Type: String, Of: VPC, Doc: "Name of the ECS service, if the task was started by one"},
	{Name: "ecs-task-definition-arn", Version: 7, Type: String, Of: VPC, Doc: "ARN of the ECS task definition"},
	{Name: "ecs-task-arn", Version: 7, Type: String, Of: VPC, Doc: "ARN of the running ECS task"},
	{Name: "ecs-task-id", Version: 7, Type: String, Of: VPC, Doc: "ID of the running ECS task"},
	{Name: "reject-reason", Version: 8, Type: String, Of: VPC, Doc: "Why traffic was rejected: BPA = VPC Block Public Access; EC = VPC encryption controls; values: BPA, EC"},
	{Name: "resource-id", Version: 9, Type: String, Of: VPC, Doc: "ID of the regional NAT gateway that the traffic is associated with; values: nat-..."},
	{Name: "encryption-status", Version: 10, Type: Int, Of: VPC, Doc: "Encryption of the flow (VPC encryption controls); values: 0 not encrypted, 1 nitro hardware, 2 application layer, 3 both"},
	{Name: "instance-tag", Version: 11, Type: String, Of: VPC, Doc: "Value of the configured instance tag key; values: UTF-8, percent-encoded"},
	{Name: "instance-tag-2", Version: 11, Type: String, Of: VPC, Doc: "Value of the second configured instance tag key; values: UTF-8, percent-encoded"},
	{Name: "interface-tag", Version: 11, Type: String, Of: VPC, Doc: "Value of the configured network-interface tag key; values: UTF-8, percent-encoded"},
	{Name: "interface-tag-2", Version: 11, Type: String, Of: VPC, Doc: "Value of the second configured interface tag key; values: UTF-8, percent-encoded"},
	{Name: "asg-tag", Version: 11, Type: String, Of: VPC, Doc: "Value of the configured Auto Scaling group tag key; values: UTF-8, percent-encoded"},
	{Name: "asg-tag-2", Version: 11, Type: String, Of: VPC, Doc: "Value of the second configured Auto Scaling group tag key; values: UTF-8, percent-encoded"},
	{Name: "interface-type", Version: 11, Type: String, Of: VPC, Doc: "Type of the recording interface; values: nat_gateway, network_load_balancer, regional_nat_gateway, transit_gateway, vpc_endpoint"},
	{Name: "next-hop-interface-id", Version: 11, Type: String, Of: VPC, Doc: "Interface ID of the next hop"},
	{Name: "next-hop-subnet-id", Version: 11, Type: String, Of: VPC, Doc: "Subnet ID of the next hop"},
	{Name: "next-hop-az-id", Version: 11, Type: String, Of: VPC, Doc: "AZ ID of the next hop"},
	{Name: "next-hop-vpc-id", Version: 11, Type: String, Of: VPC, Doc: "VPC ID of the next hop"},
	{Name: "next-hop-interface-type", Version: 11, Type: String, Of: VPC, Doc: "Type of the next-hop interface; values: same list as interface-type"},
	{Name: "resource-type", Version: 6, Type: String, Of: TransitGateway, Doc: "Type of the resource on which the record was created; values: TransitGateway, TransitGatewayAttachment"},
	{Name: "tgw-id", Version: 6, Type: String, Of: TransitGateway, Doc: "ID of the transit gateway"},
	{Name: "tgw-attachment-id", Version: 6, Type: String, Of: TransitGateway, Doc: "ID of the transit gateway attachment"},
	{Name: "tgw-src-vpc-account-id", Version: 6, Type: String, Of: TransitGateway, Doc: "Account of the source VPC"},
	{Name: "tgw-dst-vpc-account-id", Version: 6, Type: String, Of: TransitGateway, Doc: "Account of the destination VPC"},
	{Name: "tgw-src-vpc-id", Version: 6, Type: String, Of: TransitGateway, Doc: "Source VPC"},
	{Name: "tgw-dst-vpc-id", Version: 6, Type: String, Of: TransitGateway, Doc: "Destination VPC"},
	{Name: "tgw-src-subnet-id", Version: 6, Type: String, Of: TransitGateway, Doc: "Subnet of the source traffic"},
	{Name: "tgw-dst-subnet-id", Version: 6, Type: String, Of: TransitGateway, Doc: "Subnet of the destination traffic"},
	{Name: "tgw-src-eni", Version: 6, Type: String, Of: TransitGateway, Doc: "ID of the source TGW attachment ENI"},
	{Name: "tgw-dst-eni", Version: 6, Type: String, Of: TransitGateway, Doc: "ID of the destination TGW attachment ENI"},
	{Name: "tgw-src-az-id", Version: 6, Type: String, Of: TransitGateway, Doc: "AZ ID of the source"},
	{Name: "tgw-dst-az-id", Version: 6, Type: String, Of: TransitGateway, Doc: "AZ ID of the destination"},
	{Name: "tgw-pair-attachment-id", Version: 6, Type: String, Of: TransitGateway, Doc: "Egress or ingress TGW attachment ID, depending on flow-direction"},
	{Name: "packets-lost-no-route", Version: 6, Type: BigInt, Of: TransitGateway, Doc: "Packets lost because no route was specified"},
	{Name: "packets-lost-blackhole", Version: 6, Type: BigInt, Of: TransitGateway, Doc: "Packets lost because of a black hole route"},
	{Name: "packets-lost-mtu-exceeded", Version: 6, Type: BigInt, Of: TransitGateway, Doc: "Packets lost because the MTU was exceeded"},
	{Name: "packets-lost-ttl-expired", Version: 6, Type: BigInt, Of: TransitGateway, Doc: "Packets lost because the time-to-live expired"},
}

var fieldsByName = func() map[string]Field {
	m := make(map[string]Field, len(Fields))
	for _, f := range Fields {
		m[f.Name] = f
	}
	return m
}()

// columnNames are the columns' names by those of the fields, and fieldsByColumn
// the fields by either: who looks at the formats of thousands of objects asks
// for each of their columns.
var columnNames, fieldsByColumn = func() (names map[string]string, fields map[string]Field) {
	names, fields = make(map[string]string, len(Fields)), maps.Clone(fieldsByName)
	for _, f := range Fields {
		names[f.Name] = columnName(f.Name)
		fields[names[f.Name]] = f
	}
	return names, fields
}()

// FieldNamed returns the field that a header line calls name, such as
// "account-id"; ok is false where AWS documents none.
func FieldNamed(name string) (f Field, ok bool) {
	f, ok = fieldsByName[name]
	return f, ok
}

// FieldOfColumn returns the field that the column holds, such as "account_id".
func FieldOfColumn(column string) (f Field, ok bool) {
	f, ok = fieldsByColumn[column]
	return f, ok
}

// FieldMeant returns the field that a column is named after, in any spelling:
// "account_id", "accountid", or "account" as in the older DDLs.
func FieldMeant(column string) (f Field, ok bool) {
	if f, ok := FieldOfColumn(column); ok {
		return f, true
	}
	want := strings.Map(letters, column)
	for _, f := range Fields {
		if want != "" && (f.Old == want || strings.Map(letters, f.Name) == want) {
			return f, true
		}
	}
	return Field{}, false
}

// DefaultVPC is the format of a VPC flow log for which none was chosen.
var DefaultVPC = mustFormat("version account-id interface-id srcaddr dstaddr srcport dstport protocol " +
	"packets bytes start end action log-status")

// DefaultTGW is the format of a Transit Gateway flow log for which none was chosen.
var DefaultTGW = mustFormat("version resource-type account-id tgw-id tgw-attachment-id " +
	"tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id " +
	"tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id " +
	"srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type " +
	"packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired " +
	"tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service")

func mustFormat(names string) Format {
	f, err := ParseLogFormat(names)
	if err != nil {
		panic(err) // a slip in this file
	}
	return f
}
