"""Who may read what of the library: by unit, by role, by a code (口令) that opens so many documents whole."""
