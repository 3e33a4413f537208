"""For those who run the server: whether it lives, whether it can serve, how busy it is, and what it speaks."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import orjson
from aiohttp import web
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    SummaryMetricFamily,
)
from prometheus_client.registry import Collector

from groove_dashboard.messages.validators import SCHEMA_HASH
from groove_dashboard.web.histogram import Distribution
from groove_dashboard.web.services import READINESS, Labelled, Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric

    from groove_dashboard.web.services import Figure, Figures

REGISTRY: Final = web.AppKey("metrics", CollectorRegistry)
PREFIX: Final = "groove_dashboard_"


async def get_alive(_request: web.Request) -> web.Response:
    """The process answers, whatever else is broken."""
    return _json({"status": "ok"})


async def get_ready(request: web.Request) -> web.Response:
    """200 where everything the server needs is there, else 503; the body says what is."""
    state = await request.app[READINESS]()
    ready = all(state.values())
    return _json({"status": "ok" if ready else "unavailable", **state}, status=200 if ready else 503)


async def get_metrics(request: web.Request) -> web.Response:
    """Prometheus' text format."""
    return web.Response(body=generate_latest(request.app[REGISTRY]), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


async def get_schema(request: web.Request) -> web.Response:
    """The grammar of everything spoken, and its hash as in `welcome`, which is its ETag; 304 to who has it."""
    if any(tag.value in {SCHEMA_HASH, "*"} for tag in request.if_none_match or ()):
        response = web.Response(status=304)
    else:
        response = web.Response(body=_schema(), content_type="application/json")
    response.etag = SCHEMA_HASH
    response.headers["Cache-Control"] = "no-cache"
    return response


async def get_asyncapi(_request: web.Request) -> web.Response:
    """The socket as AsyncAPI has it: its address, who says what, and what answers what."""
    response = web.Response(body=_asyncapi(), content_type="application/vnd.aai.asyncapi+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def make_registry(figures: Figures) -> CollectorRegistry:
    """The metrics of one application; a registry of its own, so that there may be several in a process."""
    metrics = CollectorRegistry(auto_describe=False)
    for standard in (ProcessCollector, PlatformCollector, GCCollector):
        standard(registry=metrics)
    metrics.register(_Figures(figures))
    return metrics


class _Figures(Collector):
    """Reads the parts' figures when it is asked, so that counting costs them nothing in between."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        for name, figure in self._figures().items():
            yield _family(PREFIX + name, name.removesuffix("_total").replace("_", " "), figure)


def _family(name: str, help_: str, figure: Figure) -> Metric:
    if isinstance(figure, Distribution):
        buckets = [(str(bound), times) for bound, times in figure.up_to.items()]
        return HistogramMetricFamily(name, help_, [*buckets, ("+Inf", figure.times)], figure.seconds)
    if isinstance(figure, Summary):
        return SummaryMetricFamily(name, help_, figure.times, figure.seconds)
    kind = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
    if not isinstance(figure, Labelled):
        return kind(name, help_, value=figure)
    family = kind(name, help_, labels=figure.labels)
    for values, value in figure.values.items():
        family.add_metric(values, value)
    return family


@cache
def _schema() -> bytes:
    return orjson.dumps({"schema_hash": SCHEMA_HASH, "schema": _of_package("groove-dashboard.schema.json")})


@cache
def _asyncapi() -> bytes:
    return orjson.dumps(_of_package("groove-dashboard.asyncapi.json"))


def _of_package(name: str) -> object:
    return orjson.loads(files("groove_dashboard.messages").joinpath(name).read_bytes())


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(
        body=orjson.dumps(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
