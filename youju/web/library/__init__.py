"""素材库: find a passage, read it, take it along; what was cleaned off; codes."""
