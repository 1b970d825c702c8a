import sys

# httpx imports its command line, and with it rich and pygments, when it can: a tenth of the start
# of our commands and 5 MiB of the tray program. None here is Python's way to say "there is none",
# which httpx is prepared for.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
