-- name: days
-- question: How much passed on each day, and how many flows lie in the folder of the day after they began?
SELECT date(from_unixtime(start)) AS day,
       count(*) AS flows,
       sum(bytes) / 1024 / 1024 AS mebibytes,
       sum(CASE WHEN date <> date(from_unixtime(start)) THEN 1 ELSE 0 END) AS delivered_next_day
FROM vpc_flow_logs
WHERE log_status = 'OK'
GROUP BY date(from_unixtime(start))
ORDER BY day
