"""入库: files, folders, archives, pasted text and the watched inbox become documents, once, each file with its own outcome."""
