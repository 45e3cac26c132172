builtins.replaceStrings [ "\n" "\"" ] [ "\\n" "'" ] "a\nb\"c"
