"""学习重点: what a unit above says shall be studied in a year; the units below it take it over into their own plan."""
