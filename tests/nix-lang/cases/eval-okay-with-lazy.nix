# The set of a `with` is evaluated when a name is looked up in it.
with throw "never"; let a = 1; in a
