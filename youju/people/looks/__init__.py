"""谁看过: which account looked at what is kept of a member, told to that member alone. It follows who looks, never the member."""
