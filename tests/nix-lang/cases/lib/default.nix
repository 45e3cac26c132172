{ name = "the folder"; }
