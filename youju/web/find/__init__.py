"""找 (Ctrl K): one line of words, and whatever this reader may open that is called so: records, persons, kinds, pages."""
