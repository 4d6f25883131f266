"""账号与权限: an account together with what it may do where, and who keeps it. The account itself stands in accounts, a grant in roles."""
