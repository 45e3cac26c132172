let
  python313 = 1;
in
python31
