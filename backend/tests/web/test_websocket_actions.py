"""Actions over the socket: they are answered once they are done, whatever becomes of who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groove_dashboard.ingest.apply import UnknownLearning
from groove_dashboard.store.errors import DatabaseUnavailable
from tests.live.fakes import LEARNING_ID
from tests.web.recording import connect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.stage import Stage

pytestmark = pytest.mark.usefixtures("nothing_was_logged_as_an_error")


class TestActions:
    @pytest.mark.parametrize("action", ["enable_learning", "disable_learning", "delete_learning"])
    async def test_an_action_is_answered_once_it_is_done(self, stage: Stage, action: str) -> None:
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            await socket.ask(type=action, id=LEARNING_ID, request_id="a")
            await socket.ask(type="ping")
            await socket.next("pong")  # an action holds up nothing else
            assert stage.actions.done == []
            stage.actions.may_end.set()
            assert await socket.next("action_result") == {
                "type": "action_result",
                "action": action,
                "id": LEARNING_ID,
                "request_id": "a",
            }
        assert stage.actions.done == [(action, LEARNING_ID)]

    async def test_actions_are_carried_out_in_their_order(self, stage: Stage) -> None:
        actions = ["disable_learning", "enable_learning", "disable_learning", "delete_learning"]
        async with connect(stage.client) as socket:
            for action in actions:
                await socket.ask(type=action, id=LEARNING_ID)
            assert [(await socket.next("action_result"))["action"] for _ in actions] == actions

    async def test_an_unknown_learning_is_not_found(self, stage: Stage) -> None:
        stage.actions.error = UnknownLearning(LEARNING_ID)
        async with connect(stage.client) as socket:
            await socket.ask(type="delete_learning", id=LEARNING_ID, request_id="a")
            assert await socket.next("error") == {
                "type": "error",
                "code": "not_found",
                "message": "There is no such learning.",
                "request_id": "a",
            }

    async def test_a_database_that_is_away_is_unavailable(self, stage: Stage) -> None:
        stage.actions.error = DatabaseUnavailable("host, port and password")
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            error = await socket.next("error")
            assert (error["code"], error["retry_after_ms"]) == ("unavailable", 1000)
            assert "password" not in error["message"]
            stage.actions.error = None
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            await socket.next("action_result")

    async def test_a_fault_of_ours_is_logged_and_not_told(self, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
        stage.actions.error = ZeroDivisionError("secret")
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            error = await socket.next("error")
        assert error == {"type": "error", "code": "internal", "message": "The server failed; its log says why."}
        assert "secret" in caplog.text
        caplog.clear()

    async def test_what_a_person_asked_for_is_done_even_if_that_person_leaves(self, stage: Stage) -> None:
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            await socket.ask(type="delete_learning", id=LEARNING_ID)
            await socket.ask(type="ping")
            await socket.next("pong")
        await stage.empty()
        stage.actions.may_end.set()
        await stage.until(lambda: len(stage.actions.done) == 2)

    async def test_one_who_asks_for_more_than_may_wait_is_not_read_from(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(pending_actions=2)
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            for _ in range(2):
                await socket.ask(type="disable_learning", id=LEARNING_ID)
            await stage.until(lambda: stage.socket.statistics().received == 2)
            await socket.ask(type="ping")
            async with connect(stage.client) as other:  # a round trip in which the ping would have been read, too
                await other.ask(type="ping")
                await other.next("pong")
            assert stage.socket.statistics().received == 3
            stage.actions.may_end.set()
            await socket.until("pong")
