"""Documents (素材): a text in two readings, its copies, what was taken off and what was marked."""
