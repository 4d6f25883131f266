"""邀请: a member's way to his own pages. A code for one phone, once, for seven days; what it opens is 我的, and the texts of 素材库 that are for his unit."""
