#!/bin/sh
# Runs every test under the offscreen platform, with branch coverage; below the window 90 % is the least.
set -eu
cd "$(dirname "$0")/.."

export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
export TZ="${TZ:-Europe/Berlin}"
mkdir -p build/coverage

.venv/bin/python -m pytest -n 2 --dist loadgroup --cov --cov-report= "$@" </dev/null
echo "Branch coverage below the window:"
.venv/bin/python -m coverage report --omit="*/ui/*,*/app.py,*/_generated/*" --fail-under=90
echo "Branch coverage of the window:"
.venv/bin/python -m coverage report --include="*/ui/*,*/app.py" | grep '^TOTAL'
