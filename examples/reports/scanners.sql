-- name: scanners
-- question: Who tried more than 20 ports of one address within an hour, and was turned away?
SELECT srcaddr,
       dstaddr,
       date_trunc('hour', from_unixtime(start)) AS hour,
       count(DISTINCT dstport) AS ports,
       min(dstport) AS lowest,
       max(dstport) AS highest
FROM vpc_flow_logs
WHERE action = 'REJECT' AND protocol = 6
GROUP BY srcaddr, dstaddr, date_trunc('hour', from_unixtime(start))
HAVING count(DISTINCT dstport) > 20
ORDER BY ports DESC, srcaddr, dstaddr, hour
