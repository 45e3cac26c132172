with builtins;
map (f: map f [ 1 1.5 true null "s" /p [ ] { } (x: x) ]) [ isInt isFloat isBool isNull isString isPath isList isAttrs isFunction ]
