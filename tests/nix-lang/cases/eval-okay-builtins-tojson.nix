builtins.toJSON {
  a = 1;
  b = [ true null "x" 1.5 { } [ ] ];
  c = "quote \" backslash \\ newline \n tab \t unicode é 🐍 control ";
  d = { outPath = "/only/this"; x = 1; };
  e = { __toString = self: "shown"; };
}
