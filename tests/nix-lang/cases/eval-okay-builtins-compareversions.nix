with builtins;
[
  (compareVersions "1.0" "2.0")
  (compareVersions "2.0" "1.9.9")
  (compareVersions "1.0" "1.0")
  (compareVersions "1.0pre1" "1.0")
  (compareVersions "1.0" "1.0a")
  (compareVersions "1.10" "1.9")
  (compareVersions "1-2" "1.2")
  (compareVersions "" "1")
  (compareVersions "3.0rc1" "3.0pre1")
]
