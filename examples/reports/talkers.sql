-- name: talkers
-- question: Which pairs of addresses exchanged the most bytes?
SELECT srcaddr,
       dstaddr,
       sum(bytes) AS total_bytes,
       sum(packets) AS total_packets,
       count(*) AS flows
FROM vpc_flow_logs
WHERE action = 'ACCEPT'
GROUP BY srcaddr, dstaddr
ORDER BY total_bytes DESC, srcaddr, dstaddr
LIMIT 10
