firstUndefined > secondUndefined
