"""Texts of reports handed in, kept so that passages shared with them are found; never part of the search."""
