"""组织与党员: units as a tree with their version counters, members with dated membership, posts, and who may do what where."""
