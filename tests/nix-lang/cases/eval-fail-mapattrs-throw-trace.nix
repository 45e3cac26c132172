(builtins.mapAttrs (name: value: throw "bad ${name}") { python = 1; }).python
