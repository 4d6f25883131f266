"""专题、形式、面向、结合业务: what is told apart within one kind of activity."""
