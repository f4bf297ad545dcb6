#!/bin/sh
# All static checks over the folders given; runs every one, then fails when one has failed.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=""

step() { # name, command …
    name=$1
    shift
    printf '%s\n' "-- $name"
    "$@" </dev/null || failed="$failed, $name"
}

dead_code() {
    found=$($bin/vulture | grep -E 'unused (function|method|class|property|import)|unreachable' | grep -v '/_generated/')
    [ -z "$found" ] || { printf '%s\n' "$found"; return 1; }
}

step "lint" $bin/ruff check "$@"
step "format" $bin/ruff format --check --quiet "$@"
step "types" $bin/mypy
step "layers" $bin/lint-imports --no-cache
step "dead code" dead_code
step "doubled code" $bin/pylint --disable=all --enable=duplicate-code --ignore-paths='.*/_generated/.*' --score=n cocivic_desktop

if [ -n "$failed" ]; then
    printf 'Failed: %s\n' "${failed#, }"
    exit 1
fi
echo "All checks passed."
