with builtins; [ (readFileType ./lib/text.txt) (readFileType ./lib) ]
