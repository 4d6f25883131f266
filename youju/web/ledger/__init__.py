"""台账: the list of sessions, 记一次, 排期, and the page of one record with its prints and downloads."""
