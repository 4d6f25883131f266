"""登录账号: who can sign in. What he may do where stands in people.roles; who he is as a member stands in people.members."""
