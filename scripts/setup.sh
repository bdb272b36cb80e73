# shellcheck shell=bash
# Sourced by the other scripts: goes to the project's folder and offers set_up and set_up_for_tests, which install
# what is missing and ask nothing. Without root they name the one command that an administrator has to run.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

# What WeasyPrint draws with. The fonts come by npm: see scripts/assets.
run_packages=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig)
test_packages=(postgresql redis-server chromium-headless-shell poppler-utils qpdf procps)

# npm, matplotlib and Chromium write to the home folder; a CI account may have none.
[ -w "${HOME:-/nonexistent}" ] || { export HOME="$PWD/var/home"; mkdir -p "$HOME"; }

die() { printf '%s\n' "$*" >&2; exit 1; }

set_up() {
  need_packages "${run_packages[@]}"
  need_virtual_environment
}

set_up_for_tests() {
  need_packages "${run_packages[@]}" "${test_packages[@]}"
  need_virtual_environment
}

# Runs a command with its output in a log, shown only if the command fails.
quietly() {
  mkdir -p var
  "$@" </dev/null >var/setup.log 2>&1 || { cat var/setup.log >&2; die "This failed: $*"; }
}

need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian: see that the like of these is installed: $*" >&2
    return
  fi
  local installed missing
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p') || true
  missing=$(comm -23 <(printf '%s\n' "$@" | sort) <(sort <<<"$installed") | xargs)
  [ -n "$missing" ] || return 0
  [ "$(id -u)" = 0 ] || die "Debian packages are missing. Run this once, then start again:
  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends $missing'"
  echo "Installing Debian packages: $missing"
  export DEBIAN_FRONTEND=noninteractive
  quietly apt-get update
  # shellcheck disable=SC2086 # one word a package
  quietly apt-get install -y --no-install-recommends $missing
}

need_virtual_environment() {
  local python stamp=.venv/requirements.sha256
  if [ ! -x .venv/bin/python ] || [ ! -e .venv/bin/pip ]; then
    python=$(find_python) || die "Python 3.11 or newer is needed."
    quietly "$python" -m venv --clear .venv
  fi
  if ! sha256sum --check --status "$stamp" 2>/dev/null; then
    echo "Installing Python packages (a minute the first time)"
    quietly .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
    sha256sum requirements.txt >"$stamp"
  fi
}

# Debian's own build comes first: it renders faster than the usual self-made ones.
find_python() {
  local python
  for python in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$python" && return
  done
  return 1
}
