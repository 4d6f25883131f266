"""学习体系: the topics of a ledger as a tree, and which material of the ledger stands where in it."""
