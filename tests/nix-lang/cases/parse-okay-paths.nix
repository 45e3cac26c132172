b: [ /a/b ~/c <nixpkgs> <nixpkgs/lib> /a/${b}/c ]
