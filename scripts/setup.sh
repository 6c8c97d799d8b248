#!/usr/bin/env bash
# Makes .venv/ in the project's folder and installs into it the exact packages of requirements.lock, then rdlib itself.
# Needs only Python 3.11 or newer. `make setup` runs it when the lock or pyproject.toml is newer than the last set-up.
# PYTHON=... chooses the Python to use.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stop() {
    printf '\nmake setup cannot go on: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
    local name
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
        # Running it is the test: some tools put a name on PATH with no Python behind it.
        if "$name" -c "$new_enough" >/dev/null 2>&1; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    if [ -z "${PYTHON:-}" ] && [ -n "$uv" ]; then uv python find --no-python-downloads '>=3.11' 2>/dev/null || true; fi
}

uv=$(command -v uv || true)
if [ -n "$uv" ] && ! uv --version >/dev/null 2>&1; then uv=; fi

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c "$new_enough" >/dev/null 2>&1; then
    python=$(find_python)
    if [ -z "$python" ]; then
        stop "there is no Python 3.11 or newer on this machine." \
            "On Debian 12 or newer, or Ubuntu 24.04 or newer: sudo apt-get install python3 python3-venv" \
            "Elsewhere: install Python 3.11, 3.12 or 3.13 in the way your system does it." \
            "If it is there but not on PATH: make setup PYTHON=/path/to/python3"
    fi
    echo "Making .venv/ with $("$python" --version) ..."
    if [ -n "$uv" ]; then
        uv venv --quiet --clear --python "$python" .venv
    else
        if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            stop "this Python ($python) lacks the module that makes virtual environments." \
                "On Debian or Ubuntu: sudo apt-get install python3-venv"
        fi
        "$python" -m venv --clear .venv
    fi
fi

if [ -n "$uv" ]; then
    install=(uv pip install --quiet --python .venv/bin/python)
else
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        .venv/bin/python -m ensurepip >/dev/null # an environment that uv made has no pip
    fi
    install=(.venv/bin/python -m pip install --quiet --disable-pip-version-check)
fi

echo "Installing the packages of requirements.lock (${install[0]##*/}) ..."
if ! "${install[@]}" --require-hashes -r requirements.lock; then
    stop "the packages could not be installed; the lines above say why." \
        "Most often there is no network, or it lets no Python packages through:" \
        "ask whoever runs the network which package mirror to use, and set it in pip's or uv's configuration." \
        "What was fetched so far is kept; running 'make setup' again goes on from there."
fi
if ! "${install[@]}" --no-deps --no-build-isolation --editable .; then
    stop "rdlib itself could not be installed; the lines above say why."
fi
touch .venv/.set-up
echo "Ready: .venv/bin/rdlib is the command; 'make help' lists what can be done."
