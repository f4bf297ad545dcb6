#!/bin/sh
# Opens the window on the sample workspace; without a display, does the main job offscreen instead (scripts.demo).
set -eu
cd "$(dirname "$0")/.."

sample=build/demo/sample.cocivic

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname -s)" != Darwin ]; then
    echo "There is no display here, so the main job is done without a window."
    QT_QPA_PLATFORM=offscreen exec .venv/bin/python -m scripts.demo
fi

if [ ! -e "$sample" ]; then
    mkdir -p "$(dirname "$sample")"
    .venv/bin/cocivic demo "$sample"
fi
exec .venv/bin/cocivic-desktop "$sample"
