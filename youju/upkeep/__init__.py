"""What touches every room: the nightly seal, and verify, which compares everything derived or sealed with a rebuild."""
