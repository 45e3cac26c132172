# to the end of the line
[
  1 # one
  /* two
     lines */ 2
  /**/ 3
  /* * / ** */ 4
]
