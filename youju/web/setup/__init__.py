"""设置: what a unit decides for itself, one page a tab. Nothing here changes a record."""
