"""Wiring: settings, URLs, WSGI. Nothing of the ledger is decided here."""
