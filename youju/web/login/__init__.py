"""登录: signing in and out. Who a person is; what he may do is people.roles."""
