"""送学上门: what was brought to a member who is 免于要求 or could not come, when, how and by whom. Never why, never where."""
