# Sourced by up, test and bench: finds Python, makes .venv from the lock, and goes to the checkout's folder.
set -eu
cd "$(dirname "$0")/.."

stop() { printf '%s\n' "$@" >&2; exit 1; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    stop "Python 3.11 or newer is missing. Install it (Debian, Ubuntu: apt-get install python3 python3-venv)."
}

make_environment() {
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "$python has no venv module. Install it (Debian, Ubuntu: apt-get install python3-venv)."
    echo "Making .venv with $python" >&2
    "$python" -m venv --clear .venv
    # uv, by the hashes of its lines in the lock; it then brings the rest in seconds.
    sed -n '/^uv==/,/[^\\]$/p' deploy/requirements.lock >.venv/uv.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
}

synchronise_environment() {
    .venv/bin/python -c '' 2>/dev/null && .venv/bin/python -m uv --version >/dev/null 2>&1 || make_environment
    cmp -s deploy/requirements.lock .venv/installed.lock && return
    echo "Installing what deploy/requirements.lock names" >&2
    # Compiled now: where Python may keep nothing it compiles, five services would compile it all at each start.
    .venv/bin/python -m uv pip sync --quiet --python .venv/bin/python --compile-bytecode --require-hashes \
        deploy/requirements.lock
    cp deploy/requirements.lock .venv/installed.lock
}

synchronise_environment
