"""题目: what a unit asks about its study texts, each with its answer and why; brought from a table or written one by one."""
