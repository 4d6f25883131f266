"""相似: which stretches of a text stand in the library or in a report handed in, found exactly and at once."""
