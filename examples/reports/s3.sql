-- name: s3
-- question: How much S3 traffic takes the way through the NAT gateway, which a gateway endpoint would carry for nothing?
SELECT vpc_id,
       date,
       sum(CASE WHEN pkt_dst_aws_service = 'S3' THEN bytes ELSE 0 END) AS bytes_to_s3,
       sum(CASE WHEN pkt_src_aws_service = 'S3' THEN bytes ELSE 0 END) AS bytes_from_s3
FROM vpc_flow_logs
WHERE log_status = 'OK'
  AND (pkt_src_aws_service = 'S3' OR pkt_dst_aws_service = 'S3')
  AND (pkt_srcaddr <> srcaddr OR pkt_dstaddr <> dstaddr)
GROUP BY vpc_id, date
ORDER BY date, vpc_id
