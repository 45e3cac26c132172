# What a builder or `nix develop` sources before anything else: programs of the inputs on PATH, hooks, phases.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-315532800}
export CONFIG_SHELL=${BASH:-/bin/bash} SHELL=${BASH:-/bin/bash}
export NIX_STORE=${NIX_STORE:-/nix/store}
[ "${PATH:-/path-not-set}" != /path-not-set ] && [ -z "${NIX_BUILD_TOP:-}" ] || PATH=/usr/local/bin:/usr/bin:/bin
export PATH

_hooks=()
_seen=" "
_found=""

addEnvHooks() { shift; envHooks+=("$@"); }
addToSearchPath() { eval "export $1=\"\${$1:-}\${$1:+:}$2\""; }
runHook() {
  local name=$1 each
  shift
  for each in $(eval "echo \${${name}Hooks[@]:-}"); do _run "$each" "$@"; done
  if declare -F "$name" >/dev/null; then "$name" "$@"; elif [ -n "${!name:-}" ]; then _run "$name"; fi
}
_run() { if declare -F "$1" >/dev/null; then "$@"; elif [ -n "${!1:-}" ]; then eval "${!1}"; else eval "$1"; fi; }

_visit() {
  local dep=$1 next
  case "$_seen" in *" $dep "*) return ;; esac
  _seen="$_seen$dep "
  [ -e "$dep" ] || return 0
  if [ -d "$dep/bin" ]; then _found="$_found${_found:+:}$dep/bin"; fi
  for next in propagated-native-build-inputs propagated-build-inputs; do
    if [ -f "$dep/nix-support/$next" ]; then
      for next in $(cat "$dep/nix-support/$next"); do _visit "$next"; done
    fi
  done
  if [ -f "$dep" ]; then _hooks+=("$dep"); elif [ -f "$dep/nix-support/setup-hook" ]; then _hooks+=("$dep/nix-support/setup-hook"); fi
}
for _dep in ${nativeBuildInputs:-} ${propagatedNativeBuildInputs:-} ${buildInputs:-} ${propagatedBuildInputs:-}; do
  _visit "$_dep"
done
PATH="$_found${_found:+:}$PATH"
HOST_PATH=$_found
envHooks=()
for _dep in ${_hooks[@]+"${_hooks[@]}"}; do . "$_dep"; done
for _dep in $_seen; do
  for _hook in ${envHooks[@]+"${envHooks[@]}"}; do "$_hook" "$_dep"; done
done
unset _dep _hook

unpackPhase() {
  runHook preUnpack
  if [ -n "${src:-}" ]; then
    if [ -d "$src" ]; then cp -r "$src" source && chmod -R u+w source && cd source; else tar xf "$src" && cd */; fi
  fi
  runHook postUnpack
}
patchPhase() { runHook prePatch; local each; for each in ${patches:-}; do patch -p1 <"$each"; done; runHook postPatch; }
configurePhase() { runHook preConfigure; runHook postConfigure; }
buildPhase() { runHook preBuild; if [ -f Makefile ] && command -v make >/dev/null; then make; fi; runHook postBuild; }
checkPhase() { runHook preCheck; runHook postCheck; }
installPhase() { runHook preInstall; mkdir -p "$out"; runHook postInstall; }
fixupPhase() {
  runHook preFixup
  if [ -n "${dist:-}" ]; then mkdir -p "$dist"; fi
  if [ -n "${propagatedBuildInputs:-}" ]; then
    mkdir -p "$out/nix-support" && echo "$propagatedBuildInputs" >"$out/nix-support/propagated-build-inputs"
  fi
  runHook postFixup
}
genericBuild() {
  local phase
  set -e
  export TMPDIR=${TMPDIR:-/tmp}
  if [ -n "${buildCommand:-}" ]; then eval "$buildCommand"; return; fi
  for phase in ${phases:-unpackPhase patchPhase configurePhase buildPhase checkPhase installPhase fixupPhase}; do
    if [ "$phase" = checkPhase ] && [ -z "${doCheck:-}" ]; then continue; fi
    if [ "$phase" = unpackPhase ] && [ -n "${dontUnpack:-}" ]; then continue; fi
    if [ "$phase" = buildPhase ] && [ -n "${dontBuild:-}" ]; then continue; fi
    if [ "$phase" = installPhase ] && [ -n "${dontInstall:-}" ]; then continue; fi
    if [ -n "${!phase:-}" ]; then eval "${!phase}"; else "$phase"; fi
  done
}
