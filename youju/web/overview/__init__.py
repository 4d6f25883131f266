"""总览: how the units below a superior stand, in numbers and heads of records; nothing is written here."""
