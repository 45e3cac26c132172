with builtins; [ (stringLength "") (stringLength "abc") (stringLength "${toString 12345}") ]
