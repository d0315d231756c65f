-- name: rejects
-- question: Which ports were knocked at in vain by more than one source, and who was the busiest?
WITH sources AS (
  SELECT dstport, srcaddr, count(*) AS attempts
  FROM vpc_flow_logs
  WHERE action = 'REJECT'
  GROUP BY dstport, srcaddr
),
ranked AS (
  SELECT dstport,
         srcaddr,
         attempts,
         row_number() OVER (PARTITION BY dstport ORDER BY attempts DESC, srcaddr) AS place
  FROM sources
)
SELECT dstport,
       sum(attempts) AS attempts,
       count(*) AS sources,
       max(CASE WHEN place = 1 THEN srcaddr END) AS busiest
FROM ranked
GROUP BY dstport
HAVING count(*) > 1
ORDER BY 2 DESC, dstport
LIMIT 10
