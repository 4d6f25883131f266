"""Searches kept under a name, with a count of what is new since they were last looked at; the log of downloads."""
