[
  ({ a = 1; b = throw "not compared"; } == { a = 2; c = 1; })
  ({ a = 1; b = 2; } == { a = 1; c = throw "another name"; })
]
