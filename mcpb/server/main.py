"""Starts the server of a bundle; the package comes from Python: pip install 'partner-advisor[mcp]'."""

from __future__ import annotations

import sys

try:
    from advisor.cli.main import main
except ModuleNotFoundError:
    sys.exit("partner-advisor is not installed for this Python. Install it: pip install 'partner-advisor[mcp]'")

main(["mcp"])
