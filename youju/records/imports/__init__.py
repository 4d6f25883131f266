"""导入台账: sessions from a table or from the lines of 转录, judged row by row before anything is written."""
