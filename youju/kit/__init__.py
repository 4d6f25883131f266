"""Plain Python that every room may use: periods, refusals, digests, data files. No Django, no clock, no nouns of the ledger."""
