#!/bin/sh
# Print the first Python >= 3.11 on the PATH; nothing and status 1 when there is none.
for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "No Python 3.11 or newer was found. On Debian: sudo apt install python3 python3-venv" >&2
exit 1
