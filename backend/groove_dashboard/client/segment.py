"""One file of a spool: events as lines, appended by one process and read by one, which may be another.

Who holds the lock of the file owns it. The kernel drops the lock with its process, however that ends, so a file that
nobody has locked was left behind, and belongs to whoever locks it first. A file that is delivered is unlinked by its
owner before the lock goes: who then gets the lock of it sees that it has no name any more.
"""

from __future__ import annotations

import errno
import fcntl
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

BLOCK: Final = 64 * 1024
PRIVATE: Final = 0o600
LINE_END: Final = b"\n"


class Segment:
    """A file that this process owns. Methods raise OSError where the disk fails."""

    def __init__(self, path: Path, descriptor: int, size: int) -> None:
        self.path = path
        self.size = size
        """Where its last whole line ends; what comes after it is left over from a write that was cut short."""
        self._descriptor = descriptor
        self._read = 0

    @classmethod
    def create(cls, path: Path) -> Segment | None:
        """A new file; None where another process has taken it for one left behind, before it could be locked."""
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
        return cls(path, descriptor, 0) if _is_ours(descriptor) else None

    @classmethod
    def adopt(cls, path: Path) -> Segment | None:
        """A file that was left behind, at its last whole line; None where somebody owns it, or has finished it."""
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        return cls(path, descriptor, _whole_lines(descriptor)) if _is_ours(descriptor) else None

    @property
    def is_read(self) -> bool:
        """Whether all of it has been delivered."""
        return self._read == self.size

    def append(self, line: bytes) -> None:
        """Add a line, which is in the operating system's hands when this returns. It is added whole or not at all."""
        data = memoryview(line + LINE_END)
        try:
            written = 0
            while written < len(data):
                written += os.write(self._descriptor, data[written:])
        except OSError:
            os.ftruncate(self._descriptor, self.size)
            raise
        self.size += len(data)

    def head(self, most_events: int, most_bytes: int) -> tuple[list[bytes], int]:
        """The first lines that were not delivered, at least one whatever its length, and where they end."""
        length = most_bytes
        while (end := (data := self._bytes(length)).rfind(LINE_END)) < 0:
            length *= 2
        lines = data[:end].split(LINE_END, most_events)[:most_events]
        return lines, self._read + sum(len(line) + 1 for line in lines)

    def deliver(self, end: int) -> None:
        """What stands before that place is delivered."""
        self._read = end

    def empty(self) -> None:
        """Start the file afresh, once all of it is delivered: it takes no room while the server keeps up."""
        os.ftruncate(self._descriptor, 0)
        self.size = self._read = 0

    def sync(self) -> None:
        """Have the disk hold what was appended; takes milliseconds."""
        os.fsync(self._descriptor)

    def release(self) -> None:
        """Let go of the file: it goes where all of it is delivered, else it is there for others."""
        if self.is_read:
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _bytes(self, length: int) -> bytes:
        data = os.pread(self._descriptor, min(length, self.size - self._read), self._read)
        if len(data) < min(length, self.size - self._read):
            raise OSError(errno.EIO, "somebody else has shortened the file", str(self.path))
        return data


def _is_ours(descriptor: int) -> bool:
    """Whether the file could be locked and still has a name; else it is closed."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    if os.fstat(descriptor).st_nlink == 0:
        os.close(descriptor)
        return False
    return True


def _whole_lines(descriptor: int) -> int:
    """Where the last line that has an end ends, looked for from the end of the file."""
    start = os.fstat(descriptor).st_size
    while start > 0:
        stop, start = start, max(0, start - BLOCK)
        if (found := os.pread(descriptor, stop - start, start).rfind(LINE_END)) >= 0:
            return start + found + 1
    return 0
