"""党费: whether each member paid in each month. No amount is kept, and no reason."""
