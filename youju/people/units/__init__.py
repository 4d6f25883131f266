"""组织: the tree of committees, branches and groups, and a version counter for each unit and year."""
