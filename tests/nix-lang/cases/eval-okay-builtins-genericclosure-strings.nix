map (x: x.key) (builtins.genericClosure {
  startSet = [ { key = "a"; n = 0; } { key = "b"; n = 0; } { key = "a"; n = 1; } ];
  operator = item: if item.n < 2 then [ { key = item.key + "x"; n = item.n + 1; } ] else [ ];
})
