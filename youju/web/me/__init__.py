"""我的: all that is kept of the reader himself, to read and to take along."""
