"""有据 Youju: a branch's ledger in which every figure of the report opens the records behind it."""

__version__ = "0.1.0"
