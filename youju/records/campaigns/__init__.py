"""专项活动 and plans of tasks: 主题教育, 廉政宣传教育月, 集中走访: own period, requirement, tasks, and the sessions meant."""
