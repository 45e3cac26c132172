let
  config = {
    python = { version = toString (builtins.head [ ]); };
  };
in
config.python.version
