# Names of the global scope win over `with`.
with { true = "odd"; map = 1; }; [ true (map (x: x) [ 1 ]) ]
