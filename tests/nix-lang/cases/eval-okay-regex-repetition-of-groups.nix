[ (builtins.match "((a)|b)*" "ab") (builtins.match "(a){3}" "aaa") (builtins.match "(a?)*b" "aab") (builtins.match "([a-z]+[0-9])+" "ab1cd2") ]
