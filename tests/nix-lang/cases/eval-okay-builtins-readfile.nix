with builtins;
[ (readFile ./lib/text.txt) (pathExists ./lib/text.txt) (pathExists ./lib/none) (pathExists ./lib) (hashFile "sha256" ./lib/text.txt) ]
