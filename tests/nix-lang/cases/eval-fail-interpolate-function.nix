"function ${x: x}"
