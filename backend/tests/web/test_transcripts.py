"""The real server says what the golden conversations say, frame by frame.

With GROOVE_RECORD_TRANSCRIPTS=1 the files are written anew from what it says; read the difference before you commit it.
What a step shows is written by hand, and never recorded.
"""

from __future__ import annotations

import os

import pytest

from tests.web import transcript

RECORDS = os.environ.get("GROOVE_RECORD_TRANSCRIPTS") == "1"


@pytest.mark.parametrize("name", transcript.names())
async def test_the_server_says_what_the_transcript_says(name: str, database_url: str) -> None:
    expected = transcript.read(name)
    said = await transcript.Replay(database_url, expected).run()
    if RECORDS:
        transcript.write(name, said)
        expected["steps"] = [
            really if step.keys() & transcript.RECORDED else step
            for step, really in zip(expected["steps"], said["steps"], strict=True)
        ]
    for number, (step, really) in enumerate(zip(expected["steps"], said["steps"], strict=True)):
        assert really == step, f"step {number}"
