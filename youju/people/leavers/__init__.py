"""离开的党员: who left so long ago that his name is due to be forgotten, and the nameless report of each forgetting."""
