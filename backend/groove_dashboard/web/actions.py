"""What a person may do to a learning, over HTTP; the socket offers the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from aiohttp import web
from marshmallow import ValidationError

from groove_dashboard.messages.strict import pointers
from groove_dashboard.messages.validators import load
from groove_dashboard.web.problems import InvalidRequest
from groove_dashboard.web.services import ACT

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from groove_dashboard.messages import types


def acting(action: types.LearningAction) -> Handler:
    """The handler that does this to the learning of the path, and answers when it is committed."""

    async def act(request: web.Request) -> web.Response:
        learning_id = _learning_id(request)
        await request.app[ACT](action, learning_id)
        result: types.ActionResult = {"action": action, "id": learning_id}
        return web.Response(body=orjson.dumps(result), content_type="application/json")

    return act


def _learning_id(request: web.Request) -> types.Uuid:
    text = request.match_info["id"]
    try:
        load("Uuid", text)
    except ValidationError as error:
        raise InvalidRequest(
            [{"path": f"/id{place}", "message": message} for place, message in pointers(error.messages)]
        ) from error
    return text
