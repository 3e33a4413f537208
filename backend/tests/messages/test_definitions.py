"""How files of definitions become one namespace with its topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.bundle import bundle, schema_hash
from generator.definitions import read_definitions
from generator.errors import DefinitionFileError
from generator.topics import topics_of, with_topic_unions

if TYPE_CHECKING:
    from pathlib import Path

MOOD = """
$defs:
  TeamMoodTopic:
    description: How everybody feels.
    type: object
    properties:
      topic: {const: team_mood}
      days: {description: How far back., type: integer, minimum: 1, maximum: 9, default: 7}
    required: [topic]
    additionalProperties: false
  TeamMoodData:
    description: How everybody feels.
    type: object
    properties:
      data_type: {const: team_mood}
      words: {description: In words., type: array, items: {$ref: 'common.yaml#/$defs/Word'}}
    required: [data_type, words]
    additionalProperties: false
"""


@pytest.fixture(name="folder")
def folder_of_definitions(tmp_path: Path) -> Path:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "team_mood.yaml").write_text(MOOD)
    (tmp_path / "common.yaml").write_text("$defs:\n  Word: {type: string, description: A word.}\n")
    return tmp_path


def read_everything(folder: Path) -> None:
    definitions = read_definitions(folder)
    with_topic_unions(definitions, topics_of(definitions))


def told(folder: Path) -> str:
    with pytest.raises(DefinitionFileError) as caught:
        read_everything(folder)
    return str(caught.value).replace(f"{folder}/", "")


def test_references_into_files_are_references_into_one_namespace(folder: Path) -> None:
    (folder / "http.yaml").write_text("$defs:\n  Reply: {$ref: '#/$defs/Word', description: A reply.}\n")
    definitions = read_definitions(folder)
    assert definitions.nodes["TeamMoodData"]["properties"]["words"]["items"] == {"$ref": "#/$defs/Word"}
    assert definitions.nodes["Reply"] == {"$ref": "#/$defs/Word", "description": "A reply."}
    assert definitions.http == {"Reply"}


def test_a_reference_into_a_file_that_does_not_define_the_name_is_refused(folder: Path) -> None:
    (folder / "http.yaml").write_text("$defs:\n  Reply: {type: array, items: {$ref: 'comon.yaml#/$defs/Word'}}\n")
    assert told(folder) == "http.yaml: Reply seeks Word in comon.yaml, but common.yaml defines it"


def test_a_topic_is_one_file(folder: Path) -> None:
    definitions = read_definitions(folder)
    (topic,) = topics_of(definitions)
    assert (topic.name, topic.topic, topic.data) == ("team_mood", "TeamMoodTopic", "TeamMoodData")
    assert topic.defaults == {"days": 7}
    nodes = with_topic_unions(definitions, [topic])
    assert nodes["DashboardTopic"]["oneOf"] == [{"$ref": "#/$defs/TeamMoodTopic"}]
    assert nodes["TopicData"]["oneOf"] == [{"$ref": "#/$defs/TeamMoodData"}]


@pytest.mark.parametrize(
    ("sound", "broken", "said"),
    [
        (
            "TeamMoodTopic:",
            "MoodTopic:",
            (
                "topics/team_mood.yaml must hold exactly one definition that ends in Topic, namely TeamMoodTopic;"
                " it holds MoodTopic"
            ),
        ),
        (
            "TeamMoodData:",
            "TeamMoodFigures:",
            (
                "topics/team_mood.yaml must hold exactly one definition that ends in Data, namely TeamMoodData;"
                " it holds none"
            ),
        ),
        (
            "$defs:",
            "$defs:\n  OldMoodData: {type: boolean, description: X.}",
            (
                "topics/team_mood.yaml must hold exactly one definition that ends in Data, namely TeamMoodData;"
                " it holds OldMoodData, TeamMoodData"
            ),
        ),
        (
            "topic: {const: team_mood}",
            "topic: {const: mood}",
            "topics/team_mood.yaml: TeamMoodTopic needs a required property topic with `const: team_mood`",
        ),
        (
            "required: [data_type, words]",
            "required: [words]",
            "topics/team_mood.yaml: TeamMoodData needs a required property data_type with `const: team_mood`",
        ),
        (
            "data_type: {const: team_mood}",
            "data_type: true",
            "topics/team_mood.yaml: TeamMoodData needs a required property data_type with `const: team_mood`",
        ),
        (
            "required: [topic]",
            "required: topic",
            "topics/team_mood.yaml: TeamMoodTopic needs a required property topic with `const: team_mood`",
        ),
    ],
)
def test_a_topic_file_that_holds_something_else_is_refused(folder: Path, sound: str, broken: str, said: str) -> None:
    (folder / "topics" / "team_mood.yaml").write_text(MOOD.replace(sound, broken, 1))
    assert told(folder) == said


@pytest.mark.parametrize("name", ["DashboardTopic", "TopicData"])
def test_a_union_of_topics_is_not_written_by_hand(folder: Path, name: str) -> None:
    (folder / "more.yaml").write_text(f"$defs:\n  {name}: {{type: boolean, description: X.}}\n")
    assert told(folder) == f"{name} is made from the files of the topics folder; remove its definition"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("$defs: [", "more.yaml: while parsing a flow node"),
        ("- 1", "more.yaml: a file holds one map, $defs, and nothing beside it"),
        ("$defs: 3", "more.yaml: a file holds one map, $defs, and nothing beside it"),
        ("$defs: {}\nother: 1", "more.yaml: a file holds one map, $defs, and nothing beside it"),
        ("$defs:\n  Flag: 3", "more.yaml: Flag is not a name with a schema"),
        ("$defs:\n  on: {}", "more.yaml: True is not a name with a schema"),
        ("$defs:\n  Word: {}", "more.yaml: Word is already defined in common.yaml"),
        ("$defs:\n  Flag: {type: boolean, type: string}", "more.yaml: the key 'type' stands twice"),
        ("$defs:\n  Flag: {}\n  Flag: {}", "more.yaml: the key 'Flag' stands twice"),
        ("$defs:\n  Flag: {properties: {on: {}}}", "more.yaml: Flag holds what JSON has no words for; quote on, off,"),
        ("$defs:\n  Flag: {maximum: .inf}", "more.yaml: Flag holds what JSON has no words for; quote on, off,"),
        ("$defs:\n  Flag: {enum: !!set {a}}", "more.yaml: Flag holds what JSON has no words for; quote on, off,"),
    ],
)
def test_a_file_that_is_no_map_of_definitions_is_refused(folder: Path, content: str, said: str) -> None:
    (folder / "more.yaml").write_text(content)
    assert told(folder).startswith(said)


def test_a_date_in_yaml_is_a_text(folder: Path) -> None:
    (folder / "more.yaml").write_text("$defs:\n  Day: {const: 2024-01-01}\n")
    assert read_definitions(folder).nodes["Day"] == {"const": "2024-01-01"}


def test_every_property_of_the_bundle_is_described() -> None:
    document = bundle(
        {
            "Word": {"description": "A word.", "type": "string"},
            "Note": {
                "description": "A note.",
                "type": "object",
                "properties": {
                    "word": {"$ref": "#/$defs/Word"},
                    "title": {"description": "Its title.", "$ref": "#/$defs/Word"},
                    "kind": {"const": "note"},
                    "size": {"description": "Its size.", "const": 1},
                },
            },
        }
    )
    properties = document["$defs"]["Note"]["properties"]
    assert {name: one["description"] for name, one in properties.items()} == {
        "word": "A word.",
        "title": "Its title.",
        "kind": 'Always "note".',
        "size": "Its size.",
    }
    assert properties["word"]["$ref"] == "#/$defs/Word"


def test_the_hash_knows_rules_from_prose() -> None:
    def hash_of(**node: object) -> str:
        properties = {"description": {"description": "Some words.", "type": "string", **node}}
        return schema_hash(bundle({"Note": {"description": "A note.", "type": "object", "properties": properties}}))

    assert hash_of() == hash_of(description="Other words.")
    assert len(hash_of()) == 12
    assert len({hash_of(), hash_of(maxLength=3), hash_of(maxLength=4), hash_of(default="x")}) == 4
