{
  shellHook = ''
    export FLASK_APP=contacts
    if [ -z "$VAR" ]; then
      echo "''${VAR:-default}"
    fi
  '';
}
