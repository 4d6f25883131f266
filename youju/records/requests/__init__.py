"""诉求: what people asked for, at a visit or by themselves → action, owner, date → reply → closed."""
