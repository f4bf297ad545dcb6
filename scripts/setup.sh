#!/bin/sh
# Sets up everything that running (`setup.sh run`) or developing (`setup.sh dev`) needs, and does nothing when it is there:
# system libraries, .venv, the packages pinned in constraints.txt, the compiled forms.
#
# System libraries are installed with apt when this is possible without asking (root, or sudo without a password);
# otherwise they are named.
set -eu
cd "$(dirname "$0")/.."

mode=${1:-run}
python=.venv/bin/python
stamp=.venv/.set-up

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

command -v python3 >/dev/null || stop "Python 3.11 or newer is needed: python3 was not found."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "Python 3.11 or newer is needed: $(python3 -V) was found."

has_window() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

# --- system libraries -------------------------------------------------------------------------------------------------

missing=""

need_library() { # name of the shared library, Debian package
    for folder in /lib /usr/lib /lib64 /usr/lib64 /usr/local/lib; do
        for found in "$folder/$1" "$folder"/*-linux-*/"$1"; do
            [ -e "$found" ] && return 0
        done
    done
    missing="$missing $2"
}

find_missing() {
    [ "$(uname -s)" = Linux ] || return 0
    [ -x "$python" ] || python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
    need_library libGL.so.1 libgl1
    need_library libEGL.so.1 libegl1
    need_library libfontconfig.so.1 libfontconfig1
    need_library libglib-2.0.so.0 libglib2.0-0
    need_library libxkbcommon.so.0 libxkbcommon0
    need_library libdbus-1.so.3 libdbus-1-3
    [ "$mode" = run ] || need_library libical.so.3 libical3
    if has_window; then
        need_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
        need_library libxcb-cursor.so.0 libxcb-cursor0
        need_library libxcb-icccm.so.4 libxcb-icccm4
        need_library libxcb-image.so.0 libxcb-image0
        need_library libxcb-keysyms.so.1 libxcb-keysyms1
        need_library libxcb-render-util.so.0 libxcb-render-util0
        need_library libxcb-shape.so.0 libxcb-shape0
    fi
    if [ -z "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) -print 2>/dev/null | head -n 1)" ]; then
        missing="$missing fonts-dejavu-core"
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_libraries() {
    find_missing
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        stop "These libraries are missing (Debian's names):$missing. Install them with your system's packages and try again."
    fi
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
        stop "These system packages are missing. Install them, then try again:
  sudo apt-get install$missing"
    fi
    say "Installing system packages:$missing"
    as_root apt-get update -qq || say "The package lists could not be renewed; trying with the present ones."
    # shellcheck disable=SC2086  # one word per package
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null >&2 ||
        stop "apt could not install:$missing. Install them by hand and try again."
}

# --- Python packages --------------------------------------------------------------------------------------------------

install_packages() {
    if [ -x "$python" ] && ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        say "The .venv here belongs to another Python; making it again."
        rm -rf .venv
    fi
    if [ ! -x "$python" ] || ! "$python" -m pip --version >/dev/null 2>&1; then
        say "Making .venv"
        rm -rf .venv
        python3 -m venv .venv
    fi
    pip="$python -m pip --disable-pip-version-check"
    say "Installing the pinned packages into .venv (the first time this takes a minute or two)"
    # The build tools come from constraints.txt too, so the build is not isolated.
    $pip install --quiet --constraint constraints.txt hatchling editables PySide6-Essentials
    if [ "$mode" = dev ]; then what=".[dev]"; else what=".[publish]"; fi
    $pip install --quiet --constraint constraints.txt --no-build-isolation --editable "$what"
}

state() { # what the installed packages depend on
    cat pyproject.toml constraints.txt cocivic_desktop/__init__.py | cksum
    "$python" -V
    pwd
}

up_to_date() {
    [ -x "$python" ] || return 1
    state | cmp -s - "$stamp-dev" && return 0
    [ "$mode" = run ] && state | cmp -s - "$stamp-run"
}

install_libraries
if ! up_to_date; then
    install_packages
    state >"$stamp-$mode"
fi

# Forms, resources and translations: compiled again only when one has changed.
"$python" installer/build_hook.py
