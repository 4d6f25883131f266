"""自学抽查: once a quarter some members are drawn by a seed anybody may compute again; that it happened is a record."""
