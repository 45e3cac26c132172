# `or` is a word of its own only after a selection.
let
  or = 1;
in
{ inherit or; }
