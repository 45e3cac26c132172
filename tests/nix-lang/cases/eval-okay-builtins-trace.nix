# The message goes to standard error, the value comes through.
builtins.trace "seen" (builtins.trace { a = 1; } 5)
