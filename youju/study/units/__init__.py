"""学习安排: the year's units of study; what fulfils one, and who must still make it up, is told by records and never typed."""
