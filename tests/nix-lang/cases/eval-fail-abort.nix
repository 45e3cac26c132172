abort "the reason"
