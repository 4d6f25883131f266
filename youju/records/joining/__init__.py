"""参加组织: a unit is asked to join a record, and answers for its own people."""
