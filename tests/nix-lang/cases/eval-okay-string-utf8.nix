[
  (builtins.stringLength "snåke🐍")
  (builtins.substring 0 2 "snåke")
  ("z" < "é")
  "🐍"
]
