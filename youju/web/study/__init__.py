"""学习: the year at a glance, the tree of topics with its map, and behind the other tabs what was planned and asked."""
