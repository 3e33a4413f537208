"""What the ingest guide shows of the writer works as it stands there."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
from pathlib import Path

import pytest

from groove_dashboard import client as room
from groove_dashboard.client.sender import EVENTS_PATH
from tests.client.answering import Keeper, answering

GUIDE = Path(__file__).parents[3] / "docs" / "ingest.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)


def test_there_are_two_of_three_lines_each() -> None:
    assert [sum(map(bool, one.splitlines())) for one in EXAMPLES] == [3, 3]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_delivers_its_event(example: str, tmp_path: Path) -> None:
    keeper = Keeper()
    with answering(keeper) as server:
        text = example.replace("http://127.0.0.1:8765", server.url).replace("/var/lib/pipeline/spool", str(tmp_path))
        names = {**vars(room), "url": server.url, "spool_dir": tmp_path}
        compiled = compile(text, str(GUIDE), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        result = eval(compiled, names)  # noqa: S307 - the text is of our guide
        if inspect.iscoroutine(result):
            asyncio.run(result)
        assert server.paths == [EVENTS_PATH]
    assert [one["session_id"] for one in keeper.kept.values()] == ["s-1"]
