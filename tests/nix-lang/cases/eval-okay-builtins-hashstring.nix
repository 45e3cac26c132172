with builtins;
[
  (hashString "md5" "")
  (hashString "sha1" "abc")
  (hashString "sha256" "abc")
  (hashString "sha512" "abc")
  (hashString "sha256" "snåke")
]
