"bool ${true}"
