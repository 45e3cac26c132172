# `derivation` is a function of the language with a pattern.
[ (builtins.functionArgs derivation) (builtins.toXML derivation) ]
