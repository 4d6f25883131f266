"""报告稿: a report that was composed once, stored, and is now written on. Figures stand in it as tokens."""
