let
  here = __curPos;
in
{ inherit (here) line column; }
