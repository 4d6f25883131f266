"""年度计划: the year's plan against what was done and against last year; drafting, changing and adopting it."""
