# A carriage return before a line feed in a string becomes a line feed.
builtins.stringLength "a
b"
