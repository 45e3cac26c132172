# A function's body reaches as far to the right as it can.
(x: x + 1 == 2 && true) 1
