#!/bin/sh
# Runs every test under the offscreen platform. Branch coverage has to reach 90 % below the window; measuring costs as
# much again as the tests themselves, so tests of the window and slow ones run without it. With arguments: runs what
# they name, unmeasured.
set -eu
cd "$(dirname "$0")/.."

export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
export TZ="${TZ:-Europe/Berlin}"
mkdir -p build/coverage

run() { .venv/bin/python -m pytest -n 2 --dist loadgroup "$@" </dev/null; }

if [ $# -gt 0 ]; then
    run "$@"
    exit
fi
failed=0
run -m "not window and not slow" --cov --cov-report= || failed=1
echo "Branch coverage below the window:"
.venv/bin/python -m coverage report --omit="*/ui/*,*/app.py,*/_generated/*" --fail-under=90 || failed=1
run -m "window or slow" || failed=1
exit $failed
