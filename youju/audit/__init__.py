"""核对: judges a report against the ledger. Claims get a verdict, checks give findings; nothing in the report is changed."""
