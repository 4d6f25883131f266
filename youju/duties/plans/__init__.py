"""年度计划: what a unit sets itself for one year, adopted by one of its meetings; it points down to problems, figures, members."""
