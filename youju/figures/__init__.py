"""指标: named questions to the ledger. ``ask`` gives an Answer whose value comes from its rows; nothing here is written down."""
