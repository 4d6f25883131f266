"""学习材料: the texts and rules a unit studies, what of them is to be read, and where they were studied."""
