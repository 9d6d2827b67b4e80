val a = "请登录
