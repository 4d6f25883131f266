"""清理: a text as it was read → the text its author wrote. What a publisher added is taken off, each piece listed and
undoable; what should be looked at is marked and left. Pure: no database, no clock."""
