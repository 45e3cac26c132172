#!/bin/bash
# Says its own version, and otherwise runs a Python of the host's, without the host's packages unless from a venv.
case "${1:-}" in
  -V | --version) echo "Python @version@"; exit 0 ;;
esac
self=$0
case "$self" in */*) ;; *) self=$(type -P -- "$0") ;; esac
IFS=:
for folder in /usr/local/bin /usr/bin /opt/homebrew/bin $PATH; do
  case "$folder" in /nix/store/*) continue ;; esac
  [ -x "$folder/python3" ] && [ ! -e "$folder/../pyvenv.cfg" ] || continue
  unset IFS
  if [ -e "$(dirname "$self")/../pyvenv.cfg" ]; then exec -a "$self" "$folder/python3" "$@"; fi
  exec -a "$self" "$folder/python3" -S -s "$@"
done
echo "python: @version@ is only named here, and this machine has no python3 of its own" >&2
exit 127
