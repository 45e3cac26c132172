map (algo: builtins.hashFile algo ./lib/text.txt) [ "md5" "sha1" "sha256" "sha512" ]
