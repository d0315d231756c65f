-- name: nat
-- question: How many bytes did each instance send and receive through a NAT gateway?
-- A NAT gateway's interface shows the packet's own address beside its own; the
-- records in which they differ are those between the gateway and the instance.
SELECT interface_id AS nat_interface,
       CASE WHEN flow_direction = 'ingress' THEN srcaddr ELSE dstaddr END AS instance,
       sum(CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END) AS bytes_out,
       sum(CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END) AS bytes_in
FROM vpc_flow_logs
WHERE log_status = 'OK'
  AND (pkt_srcaddr <> srcaddr OR pkt_dstaddr <> dstaddr)
GROUP BY 1, 2
ORDER BY bytes_in DESC, instance
LIMIT 10
