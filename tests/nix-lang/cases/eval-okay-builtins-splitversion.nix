with builtins; map splitVersion [ "1.2.3" "3.13.0rc2" "1-2_3" "" "2.3pre4" ]
