"""A client that believes what it is sent alone, and objects to whatever it should not have been sent.

It applies patches by somebody else's implementation of RFC 6902.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonpatch
import orjson

from groove_dashboard.live.batch import text_of
from groove_dashboard.live.version import encode, version_of
from tests.live.fakes import another_list, page, state

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Mapping

    from groove_dashboard.live.subscription import Question
    from tests.live.grammar import CheckedSession

STATES = [*map(state, range(5)), another_list("Nothing that the others have. " * 20)]
"""What a topic may be, by its value."""
GONE = -1
"""The value of a topic that is no more."""


def version(value: int) -> str:
    return version_of(encode(STATES[value].data))


VALUES = {version(value): value for value in range(len(STATES))}


class Asked(NamedTuple):
    """A question that has not been answered."""

    question: Question
    at: int
    """How many values the topic had had before the one of that moment."""


@dataclass
class Believer:
    """One connection, and what its client holds. Topics go by their number."""

    session: CheckedSession
    facts: list[list[int]]
    """By topic, every value that it has had; only looked at to judge what is sent."""
    reached: Counter[str]
    """Counts what has been sent."""
    subscribed: dict[int, int | None] = field(default_factory=dict)
    """By topic, the value that it holds; None while it holds none."""
    stalled: bool = False
    """Whether it takes nothing for a while."""
    _asked: dict[int, Asked] = field(default_factory=dict)
    _stale: set[int] = field(default_factory=set)
    _seen: dict[int, int] = field(default_factory=dict)
    """By topic, how far the facts are known to it at least."""
    _answers: int = 0
    """Answers to requests that have not been taken."""

    def subscribe(self, numbers: Collection[int]) -> None:
        self._ask({"type": "subscribe", "topics": [page(number) for number in numbers]})
        for number in numbers:
            self._awaits(number, None, "subscribe")

    def resume(self, held: Mapping[int, int]) -> None:
        subscriptions = [{"topic": page(number), "version": version(value)} for number, value in held.items()]
        self._ask({"type": "resume", "subscriptions": subscriptions})
        for number, value in held.items():
            self._awaits(number, value, "resume")

    def unsubscribe(self, numbers: Collection[int]) -> None:
        self._ask({"type": "unsubscribe", "topics": [page(number) for number in numbers]})
        for number in numbers:
            self._forget(number)

    def come_back(self, gone: Believer) -> Believer:
        """Resume what the other connection held, and subscribe to what it did not hold yet."""
        held = {number: value for number, value in gone.subscribed.items() if value is not None}
        missing = gone.subscribed.keys() - held.keys()
        if held:
            self.resume(held)
        if missing:
            self.subscribe(sorted(missing))
        return self

    def take(self) -> bool:
        """Take in what is sent now, asking as one does who writes to thousands; False where that is nothing."""
        messages = self.session.take_next()
        texts = [text_of(messages)] if messages else self.session.texts()
        for text in texts:
            self._take_message(orjson.loads(text))
        return bool(texts)

    def _take_message(self, message: dict[str, Any]) -> None:
        if message["type"] in {"subscribed", "unsubscribed"}:
            self._answers -= 1
        elif message["type"] != "heartbeat":
            assert self._answers == 0, "a topic overtook an answer"
            self._take_messages(message["messages"] if message["type"] == "batch" else [message])

    def drain(self) -> None:
        """Take in all there is; then nothing is left."""
        while self.take():
            pass
        statistics = self.session.statistics()
        assert (statistics.owed, statistics.replies) == (0, 0)
        assert not self.session.outbox.has_more

    def is_within_bounds(self) -> None:
        """Fails where more is kept for the client than a note for each topic and the answers that it has coming."""
        statistics = self.session.statistics()
        assert statistics.topics <= len(self.subscribed)
        assert statistics.owed <= len(self.facts)
        assert statistics.replies == self._answers

    def knows_all(self) -> None:
        """Fails where a question was not answered, or what the client holds is not what is the case."""
        assert not self._asked
        assert not self._stale
        assert self.subscribed == {number: self.facts[number][-1] for number in self.subscribed}
        assert self.session.statistics().topics == len(self.subscribed)

    def _ask(self, request: dict[str, Any]) -> None:
        assert self.session.received(orjson.dumps(request)) is None
        self._answers += 1

    def _awaits(self, number: int, held: int | None, question: Question) -> None:
        self.subscribed[number] = held
        self._asked[number] = Asked(question, len(self.facts[number]) - 1)
        self._stale.discard(number)

    def _forget(self, number: int) -> None:
        self.subscribed.pop(number, None)
        self._asked.pop(number, None)
        self._seen.pop(number, None)
        self._stale.discard(number)

    def _take_messages(self, messages: list[dict[str, Any]]) -> None:
        """Take in what came in one frame: a topic comes once, or with updates of which each leads on to the next."""
        numbers = [message["topic"]["offset"] for message in messages]
        changes = sum(one != other for one, other in pairwise(numbers))
        assert changes + 1 == len(set(numbers)), "a topic came twice"
        for index, message in enumerate(messages):
            number = numbers[index]
            assert number in self.subscribed, "sent what is not subscribed"
            if message["type"] == "error":
                self._take_error(number, message["code"])
            elif numbers[index + 1 : index + 2] == [number]:
                self._take_step(number, message)
            else:
                self._take_last(number, message)

    def _take_error(self, number: int, code: str) -> None:
        self.reached[code] += 1
        if code == "not_found":
            assert GONE in self.facts[number][self._seen.get(number, 0) :]
            self._forget(number)
        else:
            assert number not in self._stale, "told twice"
            self._stale.add(number)

    def _take_step(self, number: int, message: dict[str, Any]) -> None:
        """An update on which another one follows."""
        assert message["type"] == "update"
        self.reached["chain"] += 1
        self._take_state(number, message, self._asked.get(number))

    def _take_last(self, number: int, message: dict[str, Any]) -> None:
        """What leads to the newest state: no older than what was asked for, nor than what was sent before."""
        asked = self._asked.pop(number, None)
        self._take_state(number, message, asked)
        since = max(self._seen.get(number, 0), asked.at if asked else 0)
        assert VALUES[message["version"]] in self.facts[number][since:], "older than what is known"
        self._seen[number] = self.facts[number].index(VALUES[message["version"]], since)
        self._stale.discard(number)

    def _take_state(self, number: int, message: dict[str, Any], asked: Asked | None) -> None:
        value, held = VALUES[message["version"]], self.subscribed[number]
        question = asked.question if asked else None
        match message["type"]:
            case "update":
                self.reached["update"] += 1
                assert question != "subscribe", "one who subscribes may hold anything"
                assert number not in self._stale
                assert held not in {None, value}, "sent what is held"
                assert message["base"] == version(held), "a patch of another state than is held"
                assert jsonpatch.apply_patch(STATES[held].data, message["patch"]) == STATES[value].data
            case "current":
                self.reached["current"] += 1
                assert (question, held) == ("resume", value)
            case _:
                reason = message.get("reason", "stale")
                self.reached[reason] += 1
                assert message["data"] == STATES[value].data
                assert reason in self._reasons(number, question), f"{reason} is no reason to send a snapshot"
                assert reason in {"initial", "stale"} or value != held, "sent what is held"
        self.subscribed[number] = value

    def _reasons(self, number: int, question: Question | None) -> set[str]:
        """Why a snapshot may be sent."""
        if question == "subscribe":
            return {"initial"}
        if number in self._stale:
            return {"stale"}
        return {"too_large", "slow" if question is None else "expired"}
