"""The real command, but for what follows a commit: it tells neither itself nor other processes.

So it is always between a commit and the news of it, whenever a test kills it.
"""

from __future__ import annotations

from unittest.mock import patch

from groove_dashboard.cli import main
from groove_dashboard.store.feed import ChangeFeed, Notifier


def tell_nobody(_: object) -> None:
    """Do not say that something was committed."""


if __name__ == "__main__":
    with patch.object(Notifier, "committed", tell_nobody), patch.object(ChangeFeed, "wake", tell_nobody):
        main()
