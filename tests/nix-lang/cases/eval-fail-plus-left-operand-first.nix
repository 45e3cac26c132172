null + throw "the left operand was refused before this one is evaluated"
