"""The command line. Everything but `serve` works beside a running server: the store's own locks give each its turn."""

from __future__ import annotations

import sys

from microblog.cli.commands import microblog

__all__ = ["main", "microblog"]


def main() -> None:
    """What `microblog` runs."""
    sys.exit(microblog.main(standalone_mode=True))
