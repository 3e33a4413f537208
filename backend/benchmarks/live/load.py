"""The process of the clients of one contestant: `python -m benchmarks.live.load PORT SOCKET`.

It takes calls on its standard input, makes the changes itself, by the contestant's control socket, so that the next one
follows at once when the last client has the one before, and ends when its standard input does.
"""

from __future__ import annotations

import socket
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from benchmarks.live.crowd import Crowd
from benchmarks.live.frames import NotTheProtocol, take_texts
from benchmarks.live.lines import Caller, answer_calls
from benchmarks.live.needs import raise_limit
from benchmarks.live.opening import hold_against_schema, messages, topic_name
from benchmarks.live.slices import Slice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.live.opening import Message
    from groove_dashboard.messages.types import DashboardTopic, ResumeRequest, SubscribeRequest


class Load:
    """The clients, and what they can be told to do."""

    def __init__(self, port: int, server: Caller) -> None:
        self._server = server
        self._crowd = Crowd(port)
        self._held: dict[bytes, Message] = {}
        self._change: dict[str, Any] = {}
        self._messages_each = 0
        self._bytes_each = 0

    def connect(self, clients: int, topics: list[DashboardTopic]) -> dict[str, Any]:
        """Connect that many more, which subscribe to these topics; a baseline has none, and is waited for its greeting.

        Gives the seconds that it took and the bytes of the longest text that one was sent.
        """
        request: SubscribeRequest = {"type": "subscribe", "topics": topics}
        begun = time.monotonic()
        openings = self._crowd.open(clients, request, awaited=len(topics) or 1)
        seconds = time.monotonic() - begun
        self._held = {topic_name(state): state for state in openings[-1].states}
        return {"seconds": seconds, "longest_text": max(one.longest_text for one in openings)}

    def leave(self) -> None:
        """Disconnect all."""
        self._crowd.close()

    def learn(self, messages_each: int, change: dict[str, Any]) -> int:
        """Have that change made once, to see how many bytes it takes; `run` repeats it.

        A change is told in `messages_each` messages. Gives the bytes of payload that each client is sent.
        """
        payload = 0

        def is_enough(texts: Sequence[bytes]) -> bool:
            nonlocal payload
            payload = sum(len(text) for text in texts)
            return sum(len(messages(text)) for text in texts) >= messages_each

        self._server.ask(**change)
        self._bytes_each = self._crowd.receive_texts(is_enough)
        self._server.answer()
        self._change, self._messages_each = change, messages_each
        self._look_at_samples(1)
        return payload

    def run(self, seconds: float = 0.0, least: int = 1, hertz: float | None = None) -> Slice:
        """Repeat the change for so long, but so many times at least.

        The next change is made when the last client has this one, or so many times a second where that is later.
        """
        latencies: list[float] = []
        cpu_before, begun = self._cpu_seconds(), time.monotonic()
        while len(latencies) < least or time.monotonic() < begun + seconds:
            if hertz is not None:
                time.sleep(max(0.0, begun + len(latencies) / hertz - time.monotonic()))
            self._server.ask(**self._change)
            last = self._crowd.receive(self._bytes_each)
            latencies.append(last - self._server.answer())
        took, cpu_seconds = time.monotonic() - begun, self._cpu_seconds() - cpu_before
        self._look_at_samples(len(latencies))
        return Slice(len(latencies) * len(self._crowd) * self._messages_each, took, cpu_seconds, latencies)

    def storm(self) -> dict[str, Any]:
        """Leave all at once and come again all at once, each with what it holds.

        Gives the seconds until the last one is current, the server's CPU, and how many messages of each type said so.
        """
        clients = len(self._crowd)
        request: ResumeRequest = {
            "type": "resume",
            "subscriptions": [
                {"topic": state["topic"], "version": state["version"]}
                for state in self._held.values()
                if "topic" in state
            ],
        }
        cpu_before, begun = self._cpu_seconds(), time.monotonic()
        self._crowd.close()
        openings = self._crowd.open(clients, request, awaited=len(self._held))
        seconds, cpu_seconds = time.monotonic() - begun, self._cpu_seconds() - cpu_before
        answers = Counter(one["type"] for opening in openings for one in opening.states)
        return {"seconds": seconds, "cpu_seconds": cpu_seconds, "answers": answers}

    def _cpu_seconds(self) -> float:
        cpu_seconds: float = self._server.call("usage")["cpu_seconds"]
        return cpu_seconds

    def _look_at_samples(self, changes: int) -> None:
        """Every change must have come, each with another state. Raises NotTheProtocol."""
        for unread in self._crowd.kept.values():
            texts = list(take_texts(unread))
            told = [message for text in texts for message in messages(text)]
            states = {(topic_name(message), message["version"]) for message in told}
            if unread or not len(told) == len(states) == changes * self._messages_each:
                raise NotTheProtocol(f"{changes} changes came as {len(told)} messages of {len(states)} states")
            hold_against_schema(texts[-1])
            self._held.update((topic_name(message), message) for message in told if "topic" in message)


def main() -> None:
    """Load until the standard input ends."""
    raise_limit()
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(sys.argv[2])
        stream = control.makefile("rwb")
        load = Load(int(sys.argv[1]), Caller("the server", stream, stream))
        commands = (load.connect, load.leave, load.learn, load.run, load.storm)
        answer_calls({command.__name__: command for command in commands}, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
