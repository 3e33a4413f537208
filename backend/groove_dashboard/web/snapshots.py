"""`GET /api/groove/dashboard/{topic}`: the state of a topic once, for those who need no socket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from marshmallow import ValidationError

from groove_dashboard.live.state import TopicState
from groove_dashboard.live.topic import canonical
from groove_dashboard.live.version import encode, version_of
from groove_dashboard.messages.strict import pointers
from groove_dashboard.messages.validators import TOPIC_NAMES, load_dashboard_topic
from groove_dashboard.web.problems import InvalidRequest, TopicFailed, UnknownTopic
from groove_dashboard.web.services import READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from groove_dashboard.messages import types

# Where each query parameter stands in the topic.
PLACES: Final[Mapping[str, str]] = {
    "days": "/period/days",
    "limit": "/limit",
    "offset": "/offset",
    "sort": "/sort",
    "category": "/filters/category",
    "status": "/filters/status",
    "search": "/filters/search",
    "scope_level": "/filters/scope/level",
    "scope_name": "/filters/scope/name",
    "id": "/id",
}
NUMBERS: Final = frozenset({"days", "limit", "offset"})
WHOLE_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,15})", re.ASCII)


async def get_snapshot(request: web.Request) -> web.Response:
    """The bare `data` of the topic with its version as ETag; 304 where the client holds that version already."""
    topic = canonical(requested_topic(request.match_info["topic"], request.query.items()))
    [state] = await request.app[READ]([topic])
    if not isinstance(state, TopicState):
        raise TopicFailed(state.code, state.message)
    body = encode(state.data)
    version = version_of(body)
    if any(tag.value in {version, "*"} for tag in request.if_none_match or ()):
        response = web.Response(status=304)
    else:
        response = web.Response(body=body, content_type="application/json")
    response.etag = version
    response.headers["Cache-Control"] = "no-cache"
    return response


def requested_topic(name: str, query: Iterable[tuple[str, str]]) -> types.DashboardTopic:
    """The topic that a path and its query ask for; raise UnknownTopic or InvalidRequest."""
    if name not in TOPIC_NAMES:
        raise UnknownTopic
    topic: dict[str, Any] = {"topic": name}
    faults: list[types.Fault] = []
    given: set[str] = set()
    for parameter, text in query:
        if parameter not in PLACES:
            faults.append(_fault(parameter, "This parameter is not known."))
        elif parameter in given:
            faults.append(_fault(parameter, "This parameter is given more than once."))
        elif parameter in NUMBERS and not WHOLE_NUMBER.fullmatch(text):
            faults.append(_fault(parameter, "This must be a whole number."))
        else:
            given.add(parameter)
            _put(topic, PLACES[parameter], int(text) if parameter in NUMBERS else text)
    if faults:
        raise InvalidRequest(faults)
    try:
        return load_dashboard_topic(topic)
    except ValidationError as error:
        raise InvalidRequest(list(_in_words_of_the_query(error, given))) from error


def _put(topic: dict[str, Any], place: str, value: object) -> None:
    *way, last = place[1:].split("/")
    for step in way:
        topic = topic.setdefault(step, {})
    topic[last] = value


def _in_words_of_the_query(error: ValidationError, given: set[str]) -> Iterator[types.Fault]:
    """The validator's faults with the parameters' names instead of their places in the topic."""
    for place, message in pointers(error.messages):
        exact = [parameter for parameter, known in PLACES.items() if known == place]
        # An object that the topic does not have (`/filters`) is the fault of each parameter that stands in it.
        below = [parameter for parameter in PLACES if parameter in given and PLACES[parameter].startswith(place + "/")]
        for parameter in exact or below:
            yield _fault(parameter, "This parameter is not known here." if below else message)


def _fault(parameter: str, message: str) -> types.Fault:
    step = parameter[:100].replace("~", "~0").replace("/", "~1")
    return {"path": f"/{step}", "message": message}
