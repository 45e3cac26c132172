[ 1 (throw "in a list") ]
