"one
  two
	three"
