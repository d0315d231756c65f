-- name: rejects
-- question: Which ports were knocked at in vain, by how many sources, and who was the busiest?
SELECT dstport,
       protocol,
       count(*) AS attempts,
       count(DISTINCT srcaddr) AS sources,
       max_by(srcaddr, flows) AS busiest
FROM (
  SELECT dstport, protocol, srcaddr, count(*) OVER (PARTITION BY dstport, protocol, srcaddr) AS flows
  FROM vpc_flow_logs
  WHERE action = 'REJECT'
)
GROUP BY dstport, protocol
HAVING count(*) >= 3
ORDER BY attempts DESC, dstport
LIMIT 10
