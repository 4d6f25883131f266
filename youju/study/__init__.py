"""学习: what is studied and where it stands in the whole; what was planned, tested and put to use.

Stands on the ledger: sessions, study texts and readings are records, and this room points down to them.
"""
