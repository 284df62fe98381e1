"""What each construct becomes in each kind of output: a module a construct, a function a family."""
