#!/usr/bin/env bash
# Sees to it that the library Pango is there, which PDF reports are set with, and a font for them.
#   get_pango.sh          gets them where it can, else says how; then ends well, except with CI=true
#   get_pango.sh --find   ends with 0 when PDF reports can be made, with 1 when not
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

works() {
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1
}

if [ "${1:-}" = --find ]; then
    works
    exit
fi

if works; then exit 0; fi

packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)
if command -v apt-get >/dev/null; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
    if [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; then
        echo "PDF reports need the library Pango; installing ${packages[*]} ..."
        if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" </dev/null &&
            works; then
            exit 0
        fi
        echo "That did not work; the lines above say why." >&2
    fi
fi

{
    echo "The library Pango is not there, so PDF reports cannot be made; all other formats can. To get it:"
    echo "  Debian, Ubuntu:    sudo apt-get update && sudo apt-get install ${packages[*]}"
    echo "  Fedora:            sudo dnf install pango dejavu-sans-fonts"
    echo "  macOS:             brew install pango"
} >&2
if [ "${CI:-}" = true ]; then
    echo "Here CI=true, and there no test is left out: this is an error." >&2
    exit 1
fi
