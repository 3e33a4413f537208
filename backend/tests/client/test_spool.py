"""What a spool has taken is delivered, in order, by whoever comes next; whatever ends between."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from groove_dashboard.client.errors import SpoolError
from groove_dashboard.client.events import RefusedEvent
from groove_dashboard.client.limits import WriterLimits
from groove_dashboard.client.segment import Segment
from groove_dashboard.client.spool import PATTERN, REFUSED, Spool

if TYPE_CHECKING:
    from collections.abc import Callable

    from groove_dashboard.client.queue import Batch

SMALL = WriterLimits(batch_events=3, batch_bytes=40, memory_bytes=40, spool_bytes=400)
MOST_PROCESSES = 3


def event(number: int, width: int = 0) -> bytes:
    return b'{"%d":"%s"}' % (number, b"x" * width)


def cut_off(spool: Spool) -> None:
    """What the kernel does at the end of a process: files are closed as they are, and their locks dropped."""
    for segment in [*spool._own, *([spool._orphan] if spool._orphan else [])]:
        os.close(segment._descriptor)


class Process:
    """One that writes and delivers by a spool of its own."""

    def __init__(self, directory: Path) -> None:
        self.spool = Spool(directory, SMALL)
        self.waiting: list[bytes] = []
        """What was written and not delivered by this process, in order."""

    def next_batch(self) -> Batch | None:
        """As the writer asks for it: what others have left comes first."""
        return self.spool.left_behind() or (self.spool.head() if self.waiting else None)


class SpoolMachine(RuleBasedStateMachine):
    """Processes that share a directory write, deliver, end and are killed in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp(prefix="groove-"))
        self.processes: list[Process] = []
        self.author: dict[bytes, tuple[int, int]] = {}
        """Who has written an event, and as which."""
        self.writes = 0
        self.deliveries: defaultdict[bytes, int] = defaultdict(int)
        self.kills = 0

    @rule()
    @precondition(lambda self: len(self.processes) < MOST_PROCESSES)
    def start(self) -> None:
        self.processes.append(Process(self.directory))

    @rule(data=st.data(), width=st.integers(0, 30), count=st.integers(1, 8))
    @precondition(lambda self: self.processes)
    def write(self, data: st.DataObject, width: int, count: int) -> None:
        process = data.draw(st.sampled_from(self.processes))
        for _ in range(count):
            line = event(self.writes, width)
            if process.spool.append(line):
                process.waiting.append(line)
                self.author[line] = (id(process), self.writes)
                self.writes += 1

    @rule(data=st.data(), is_answered=st.booleans())
    @precondition(lambda self: self.processes)
    def deliver(self, data: st.DataObject, *, is_answered: bool) -> None:
        """A batch reaches the server, and its answer perhaps the process, which else sends it again."""
        process = data.draw(st.sampled_from(self.processes))
        batch = process.next_batch()
        if batch is None:
            return
        self.judge(process, batch)
        for line in batch.lines:
            self.deliveries[line] += 1
        if is_answered:
            process.spool.forget(batch)
            if batch.own:
                del process.waiting[: len(batch.lines)]

    def judge(self, process: Process, batch: Batch) -> None:
        assert 1 <= len(batch.lines) <= SMALL.batch_events
        assert len(b"\n".join(batch.lines)) <= SMALL.batch_bytes
        assert all(line in self.author for line in batch.lines), "nothing but what was written"
        order = [self.author[line][1] for line in batch.lines]
        assert order == sorted(order)
        if batch.own:
            assert list(batch.lines) == process.waiting[: len(batch.lines)]

    @rule(data=st.data())
    @precondition(lambda self: self.processes)
    def end(self, data: st.DataObject) -> None:
        process = data.draw(st.sampled_from(self.processes))
        process.spool.close()
        self.processes.remove(process)

    @rule(data=st.data(), torn=st.binary(max_size=20).filter(lambda text: b"\n" not in text))
    @precondition(lambda self: self.processes)
    def kill(self, data: st.DataObject, torn: bytes) -> None:
        """In the middle of a write."""
        process = data.draw(st.sampled_from(self.processes))
        if process.spool._own:
            os.write(process.spool._own[-1]._descriptor, torn)
        cut_off(process.spool)
        self.processes.remove(process)
        self.kills += 1

    @invariant()
    def the_directory_stays_within_its_bound(self) -> None:
        taken = sum(path.stat().st_size for path in self.directory.glob(PATTERN))
        assert taken <= SMALL.spool_bytes + (MOST_PROCESSES - 1) * SMALL.segment_bytes + 20 * self.kills

    def teardown(self) -> None:
        """Everybody ends; the next process delivers what is left, in order, and all is there."""
        for process in self.processes:
            process.spool.close()
        last = Process(self.directory)
        while (batch := last.next_batch()) is not None:
            self.judge(last, batch)
            for line in batch.lines:
                self.deliveries[line] += 1
            last.spool.forget(batch)
        last.spool.close()
        assert self.deliveries.keys() == self.author.keys()
        assert list(self.directory.iterdir()) == []
        shutil.rmtree(self.directory)


TestSpool = SpoolMachine.TestCase
TestSpool.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


def test_what_two_have_left_comes_oldest_first(tmp_path: Path) -> None:
    first, second = Spool(tmp_path, SMALL), Spool(tmp_path, SMALL)
    for number in range(10):
        assert (second if number < 5 else first).append(event(number))
    first.close()
    second.close()
    third = Spool(tmp_path, SMALL)
    seen: list[bytes] = []
    while (batch := third.left_behind()) is not None:
        seen += batch.lines
        third.forget(batch)
    third.close()
    assert seen == [event(number) for number in range(10)]


def test_while_the_server_keeps_up_one_empty_file_is_all(tmp_path: Path) -> None:
    spool = Spool(tmp_path, SMALL)
    for number in range(100):
        assert spool.append(event(number))
        spool.forget(spool.head())
    [path] = tmp_path.iterdir()
    assert path.stat().st_size == 0
    spool.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_spool_takes_again_what_was_delivered(tmp_path: Path) -> None:
    spool = Spool(tmp_path, SMALL)
    count = 0
    while spool.append(event(count, 20)):
        count += 1
        assert count < 100
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= SMALL.spool_bytes
    while not spool.append(event(count, 20)):
        spool.forget(spool.head())
    spool.close()


def test_other_people_cannot_read_it(tmp_path: Path) -> None:
    directory = tmp_path / "a" / "spool"
    spool = Spool(directory, SMALL)
    spool.put_aside(RefusedEvent(0, b"{}", []))
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()} == {0o600}
    spool.close()


def test_what_was_refused_is_kept_with_its_faults(tmp_path: Path) -> None:
    spool = Spool(tmp_path, SMALL)
    faults: Any = [{"path": "/type", "message": "no"}]
    assert spool.put_aside(RefusedEvent(3, b'{"type":1}', faults))
    assert spool.put_aside(RefusedEvent(None, b"{\x00", faults))
    spool.close()
    kept = [orjson.loads(line) for line in (tmp_path / REFUSED).read_bytes().splitlines()]
    assert kept == [{"faults": faults, "event": {"type": 1}}, {"faults": faults, "event": "{\x00"}]


def test_what_was_refused_is_kept_up_to_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groove_dashboard.client.spool.REFUSED_BYTES", 30)
    spool = Spool(tmp_path, SMALL)
    assert [spool.put_aside(RefusedEvent(0, b"{}", [])) for _ in range(3)] == [True, True, False]
    spool.close()


def test_a_disk_that_keeps_nothing_more_does_not_stop_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / REFUSED).mkdir()
    spool = Spool(tmp_path, SMALL)
    assert not spool.put_aside(RefusedEvent(0, b"{}", []))
    assert "refused.ndjson" in caplog.text
    spool.close()


def test_syncing_is_due_once_and_not_for_what_is_delivered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", noted)
    spool = Spool(tmp_path, SMALL)
    assert spool.seconds_to_sync() == float("inf")
    spool.append(event(0))
    assert 0 < spool.seconds_to_sync() <= SMALL.sync_seconds
    spool.syncing()()
    [path] = tmp_path.iterdir()
    assert synced == [str(path), str(tmp_path)]
    assert spool.seconds_to_sync() == float("inf")
    spool.forget(spool.head())
    spool.append(event(1))
    spool.forget(spool.head())
    assert spool.seconds_to_sync() == float("inf")
    assert len(synced) == 2
    spool.append(event(2))
    spool.close()
    assert synced[2:] == [str(path), str(tmp_path)], "what is left to others"


def test_a_disk_that_is_full_takes_no_half_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(tmp_path, SMALL)
    assert spool.append(event(0))
    write, calls = os.write, []

    def full(descriptor: int, data: memoryview) -> int:
        calls.append(data)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[:4])

    with monkeypatch.context() as patch:
        patch.setattr("os.write", full)
        with pytest.raises(SpoolError, match="No space left"):
            spool.append(event(1))
    assert spool.append(event(2))
    assert list(spool.head().lines) == [event(0), event(2)]
    spool.close()


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SpoolError, match="file/spool"):
        Spool(tmp_path / "file" / "spool", SMALL)


def test_a_file_shortened_by_somebody_else_is_no_silent_end(tmp_path: Path) -> None:
    spool = Spool(tmp_path, SMALL)
    spool.append(event(0))
    [path] = tmp_path.iterdir()
    os.truncate(path, 3)
    with pytest.raises(OSError, match="shortened"):
        spool.head()
    spool.close()


def test_a_file_is_found_torn_far_from_its_last_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "events-1.ndjson"
    path.write_bytes(event(1) + b"\n" + b"x" * 200_000)
    segment = Segment.adopt(path)
    assert segment is not None
    assert segment.head(10, 1)[0] == [event(1)]
    segment.release()


def test_a_file_is_owned_by_one(tmp_path: Path) -> None:
    path = tmp_path / "events-1.ndjson"
    path.write_bytes(event(1) + b"\n")
    first = Segment.adopt(path)
    assert first is not None
    assert Segment.adopt(path) is None, "owned"
    first.deliver(first.head(1, 100)[1])
    first.release()
    assert Segment.adopt(path) is None, "gone"


def before_locking(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Let another process act between the opening of the next file and its locking."""
    flock, left = fcntl.flock, [act]

    def locked(descriptor: int, operation: int) -> None:
        while left:
            left.pop()()
        flock(descriptor, operation)

    monkeypatch.setattr("fcntl.flock", locked)


def test_a_file_that_another_finishes_just_before_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events-1.ndjson"
    path.write_bytes(event(1) + b"\n")
    first = Segment.adopt(path)
    assert first is not None
    first.deliver(first.head(1, 100)[1])
    before_locking(monkeypatch, first.release)
    assert Segment.adopt(path) is None


def test_a_new_file_that_another_takes_for_one_left_behind_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path, SMALL)

    def finish() -> None:
        for path in tmp_path.iterdir():
            path.unlink()

    before_locking(monkeypatch, finish)
    assert spool.append(event(1))
    assert len(list(tmp_path.iterdir())) == 1
    spool.close()


def test_a_lock_dies_with_its_process_and_is_not_inherited_by_programs(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys, os, signal\n"
        "from pathlib import Path\n"
        "from groove_dashboard.client.spool import Spool\n"
        "from groove_dashboard.client.limits import WriterLimits\n"
        "spool = Spool(Path(sys.argv[1]), WriterLimits())\n"
        "spool.append(b'{}')\n"
        "child = subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL)\n"
        "print(child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    result = subprocess.run([sys.executable, "-c", program, tmp_path], check=False, stdout=subprocess.PIPE, text=True)
    child = int(result.stdout)
    spool = Spool(tmp_path, SMALL)
    batch = spool.left_behind()
    os.kill(child, 9)
    assert batch is not None
    assert batch.lines == [b"{}"]
    spool.close()
