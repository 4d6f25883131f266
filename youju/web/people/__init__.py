"""组织与党员: a unit with its committee, groups and members, and the forms that change who belongs where."""
