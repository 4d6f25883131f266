"""通知: what a unit above sends down, and who has replied."""
