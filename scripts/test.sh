#!/bin/sh
# Runs every test under the offscreen platform. Branch coverage is measured where rules, store, services and files are
# tested, and has to reach 90 % below the window; measuring costs as much again as the tests themselves, so the tests
# of the window run without it. With arguments: runs what they name, unmeasured.
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
WINDOW="tests/ui tests/test_end_to_end.py tests/test_initiate_and_goals.py"
failed=0
# shellcheck disable=SC2046,SC2086 # the lists hold no spaces
run tests $(printf -- '--ignore=%s ' $WINDOW) --cov --cov-report= || failed=1
echo "Branch coverage below the window:"
.venv/bin/python -m coverage report --omit="*/ui/*,*/app.py,*/_generated/*" --fail-under=90 || failed=1
# shellcheck disable=SC2086
run $WINDOW || failed=1
exit $failed
