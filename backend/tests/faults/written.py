"""A pipeline in a process of its own: it writes sessions by the writer, and says of each that it was taken."""

from __future__ import annotations

import select
import sys
from typing import Final

from groove_dashboard.client import EventWriter, WriterLimits

PACE_SECONDS: Final = 0.002


def main(url: str, spool_dir: str, name: str) -> None:
    """Write until the standard input ends; the sessions' ids are the name and a number."""
    limits = WriterLimits(batch_events=200, batch_seconds=0.01, patience_seconds=60, close_seconds=60)
    number = 0
    with EventWriter(url, spool_dir, limits=limits) as writer:
        while not select.select([sys.stdin], [], [], PACE_SECONDS)[0]:
            writer.write({"type": "session_started", "session_id": f"{name}-{number}"})
            number += 1
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
