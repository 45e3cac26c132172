# A virtual environment in $venvDir on entering the shell: made once, then only activated.
_enter_venv() {
  if [ -z "${venvDir:-}" ]; then
    echo "Error: \`venvDir\` should be set when using \`venvShellHook\`."
    exit 1
  fi
  runHook preShellHook
  if [ -d "$venvDir" ]; then
    echo "Skipping venv creation, '$venvDir' already exists"
    . "$venvDir/bin/activate"
  else
    echo "Creating new venv environment in path: '$venvDir'"
    python -m venv "$venvDir"
    . "$venvDir/bin/activate"
    runHook postVenvCreation
  fi
  runHook postShellHook
}
if [ -z "${dontUseVenvShellHook:-}" ] && [ -z "${shellHook-}" ]; then shellHook=_enter_venv; fi
