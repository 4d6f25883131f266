"""职务: dated offices of members in a unit (书记, 委员, 小组长)."""
