"""查找: what is asked in words, the index that answers it, and the direct look at what the index does not hold yet."""
