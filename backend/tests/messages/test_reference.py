"""The tables of the documentation: complete, linked, and readable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from generator.errors import PageError
from generator.markdown import table, words
from generator.pages import with_regions
from generator.protocol import read_protocol
from generator.reference import INGEST_PAGE, PROTOCOL_PAGE
from generator.tools import REPOSITORY
from tests.messages.judging import DEFINITIONS, SHARED

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {name: (REPOSITORY / name).read_text("utf-8") for name in (PROTOCOL_PAGE, INGEST_PAGE)}
ANCHOR = re.compile(r'<a id="([a-z]+)"></a>')
LINK = re.compile(r"\]\(([a-z.]*)#([\w-]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: str) -> set[str]:
    """What links may lead to on a page: places and headings."""
    return {*ANCHOR.findall(page), *(heading.lower().replace(" ", "-") for heading in HEADING.findall(page))}


def test_every_definition_stands_at_one_place() -> None:
    found = [anchor for page in PAGES.values() for anchor in ANCHOR.findall(page)]
    assert sorted(found) == sorted(name.lower() for name in DEFINITIONS)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_place_leads_somewhere(name: str) -> None:
    links = LINK.findall(PAGES[name])
    assert links
    for file, place in links:
        assert place in anchors(PAGES[f"docs/{file}"] if file else PAGES[name]), f"{file}#{place}"


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head() -> None:
    for page in PAGES.values():
        for block in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in block.strip().split("\n")}) == 1, block


def test_every_request_is_told_with_its_answer() -> None:
    for request, answer in read_protocol(SHARED / "protocol.yaml", DEFINITIONS).answers.items():
        [row] = [line for line in PAGES[PROTOCOL_PAGE].split("\n") if f"**`{request}`**" in line]
        assert f"| [`{answer.message}`](#" in row


@pytest.mark.parametrize(
    ("page", "row"),
    [
        (PROTOCOL_PAGE, "| `topics`: list of 1 to 64 [DashboardTopic](#dashboardtopic) |"),
        (PROTOCOL_PAGE, "| `retry?` | [RetryWindow](#retrywindow) | Bounds of the client's back-off. |"),
        (PROTOCOL_PAGE, "| `limit?` | integer from 1 to 500 | `100` | Length of the page. |"),
        (PROTOCOL_PAGE, '| `period?` | [Period](#period) | `{"days": 7}` | The N UTC days that end with today\'s. |'),
        (PROTOCOL_PAGE, "| `by_status` | map from [LearningStatus](#learningstatus) to [Count](#count) |"),
        (PROTOCOL_PAGE, "| `period_days` | `7` | Length of the period in days. |"),
        (PROTOCOL_PAGE, "| `title` | [ShortText](#shorttext) or null | Title, null where none was given. |"),
        (PROTOCOL_PAGE, "LearningAction | `enable_learning`, `disable_learning`, `delete_learning` |"),
        (PROTOCOL_PAGE, r"text of 1 to 200 characters that matches `^[^\u0000]*$` |"),
        (PROTOCOL_PAGE, "| `unavailable` | the database is away;"),
        (PROTOCOL_PAGE, "| 4029 | there are too many connections,"),
        (INGEST_PAGE, "| `occurred_at` | [Timestamp](protocol.md#timestamp) | When it happened;"),
        (INGEST_PAGE, "| `learning` | [ExtractedLearning](#extractedlearning) | What was learned. |"),
    ],
)
def test_a_row_says_what_may_stand_there(page: str, row: str) -> None:
    assert row in PAGES[page]


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "minLength": 2}, "text of at least 2 characters"),
        ({"type": "string", "maxLength": 9, "pattern": "^a$"}, "text of at most 9 characters that matches `^a$`"),
        ({"type": "string", "format": "date", "pattern": "^2"}, "text that matches `^2` and is a day of the calendar"),
        (
            {"type": "string", "format": "date-time", "pattern": "^2"},
            "text that matches `^2` and lies on a day of the calendar",
        ),
        ({"type": "string", "format": "uuid", "pattern": "^0"}, "text that matches `^0`"),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "number above 0 to below 1"),
        ({"type": "integer", "minimum": -1, "maximum": 1}, "integer from -1 to 1"),
        ({"type": ["boolean", "null"]}, "boolean or null"),
        ({"oneOf": [{"$ref": "#/$defs/A"}, {"type": "null"}]}, "<A> or null"),
        ({"oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}]}, "<A> or <B>"),
        ({"enum": ["a", 1, True]}, "`a`, `1`, `true`"),
        ({"type": "array", "items": True, "uniqueItems": True}, "list of distinct any JSON value"),
        ({"type": "array", "items": {"$ref": "#/$defs/A"}, "maxItems": 3}, "list of at most 3 <A>"),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "map from text to boolean"),
    ],
)
def test_a_schema_is_said_in_words(node: dict[str, Any], said: str) -> None:
    assert words(node, lambda name: f"<{name}>") == said


def test_a_bar_does_not_end_a_cell() -> None:
    assert table(["a"], [["x|y"]]) == "| a |\n| --- |\n| x\\|y |"


PAGE = "# A\n\n<!-- generated: one -->\nold\n<!-- end -->\n\nProse.\n\n<!-- generated: two -->\n<!-- end -->\n"


def told(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    with pytest.raises(PageError) as caught:
        with_regions(path, {"one": "1", "two": "2"})
    return str(caught.value).removeprefix(f"{path}: ")


def test_regions_are_replaced_and_prose_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(PAGE, "utf-8")
    text = with_regions(path, {"one": "1", "two": "2"})
    assert text == PAGE.replace("old", "\n1\n").replace("two -->\n", "two -->\n\n2\n\n")
    path.write_text(text, "utf-8")
    assert with_regions(path, {"one": "1", "two": "2"}) == text


@pytest.mark.parametrize(
    ("sound", "broken", "said"),
    [
        ("<!-- generated: two -->\n<!-- end -->\n", "", "the marker two is missing: <!-- generated: two -->"),
        ("generated: two", "generated: one", "the marker one stands twice"),
        ("generated: two", "generated: three", "nothing is generated under the name of the marker three"),
        ("old\n<!-- end -->\n", "", "<!-- end --> is missing after the marker one"),
        ("two -->\n<!-- end -->\n", "two -->\n", "<!-- end --> is missing after the marker two"),
        ("# A\n", "<!-- end -->\n", "an <!-- end --> has no marker before it"),
        ("Prose.", "<!-- end -->", "an <!-- end --> has no marker before it"),
    ],
)
def test_markers_that_are_not_in_order_are_told(sound: str, broken: str, said: str, tmp_path: Path) -> None:
    assert sound in PAGE
    assert told(tmp_path / "page.md", PAGE.replace(sound, broken)) == said


def test_a_page_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"page\.md"):
        with_regions(tmp_path / "page.md", {})
