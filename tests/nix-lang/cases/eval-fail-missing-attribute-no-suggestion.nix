{ a = 1; }.completelyDifferent
