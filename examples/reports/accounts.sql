-- name: accounts
-- question: What share of the bytes has each account and region, and how many were turned away?
WITH totals AS (
  SELECT account_id,
         region,
         sum(bytes) AS total_bytes,
         sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected
  FROM vpc_flow_logs
  WHERE log_status = 'OK'
  GROUP BY account_id, region
)
SELECT account_id,
       region,
       total_bytes,
       round(100e0 * total_bytes / sum(total_bytes) OVER (), 1) AS percent,
       rejected
FROM totals
ORDER BY total_bytes DESC, account_id, region
