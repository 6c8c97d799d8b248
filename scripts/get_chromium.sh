#!/usr/bin/env bash
# Sees to it that a Chromium is there for the browser tests.
#   get_chromium.sh          gets one where it can, else says how; then ends well, except with CI=true
#   get_chromium.sh --find   prints the path of the one on PATH; ends with 1 when there is none
set -euo pipefail

find_chromium() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

if [ "${1:-}" = --find ]; then
    find_chromium
    exit
fi

if find_chromium >/dev/null; then exit 0; fi

packages=(chromium fonts-dejavu-core fonts-liberation poppler-utils)
if command -v apt-get >/dev/null; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
    if [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; then
        echo "The browser tests need Chromium; installing ${packages[*]} ..."
        if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" </dev/null &&
            find_chromium >/dev/null; then
            exit 0
        fi
        echo "That did not work; the lines above say why." >&2
    fi
fi

{
    echo "No Chromium is on PATH, so the browser tests will be left out. To get it:"
    echo "  Debian:            sudo apt-get update && sudo apt-get install ${packages[*]}"
    echo "  Fedora:            sudo dnf install chromium"
    echo "  any other system:  install Chromium or Google Chrome so that 'chromium' or 'google-chrome' is on PATH"
} >&2
if [ "${CI:-}" = true ]; then
    echo "Here CI=true, and there the browser tests are never left out: this is an error." >&2
    exit 1
fi
