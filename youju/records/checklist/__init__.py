"""材料检查: what an inspector would miss in a record. The items are data; each unit says which of them it looks at. It reminds and never blocks."""
