"""What each topic shows: one file a topic, named after it, and what those files share.

A file that offers a PROVIDER is a topic's. A new topic needs its definition in shared-schema and its file here, and
no more.
"""

from __future__ import annotations

import functools
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from groove_dashboard.messages.validators import TOPIC_NAMES
from groove_dashboard.topics.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from groove_dashboard.messages.types import TopicName


@functools.cache
def providers() -> Mapping[TopicName, Provider[Any]]:
    """The provider of each topic. Raises ImportError where the files and the topics of the schema do not agree."""
    modules = {one.name: import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)}
    found = {name: getattr(module, "PROVIDER", None) for name, module in modules.items()}
    return matched({name: provider for name, provider in found.items() if isinstance(provider, Provider)}, TOPIC_NAMES)


def matched(found: Mapping[str, Provider[Any]], names: Iterable[TopicName]) -> Mapping[TopicName, Provider[Any]]:
    """One provider a topic. Raises ImportError, saying which is missing or too many."""
    names = list(names)
    missing = sorted(set(names) - found.keys())
    unknown = sorted(found.keys() - set(names))
    if missing or unknown:
        raise ImportError(
            f"the topics of the schema and the files in {__name__} do not agree:"
            f" no PROVIDER in {', '.join(missing) or '-'}; no topic for {', '.join(unknown) or '-'}"
        )
    return MappingProxyType({name: found[name] for name in names})
