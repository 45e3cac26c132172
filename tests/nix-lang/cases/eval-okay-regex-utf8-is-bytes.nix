[ (builtins.match "a.*b" "aéb") (builtins.match "..." "é") (builtins.match ".." "é") ]
