"""导入: members from a table, judged row by row before anything is written, and the headings a unit has settled."""
