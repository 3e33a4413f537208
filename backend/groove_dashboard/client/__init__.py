"""For pipelines: `EventWriter` and `AsyncEventWriter` deliver facts to a server, whether it is there now or later.

    with EventWriter("http://127.0.0.1:8765", "/var/lib/pipeline/spool") as writer:
        writer.write({"type": "session_started", "session_id": "s-1"})

Above the parts, from the bottom: `sender` sends one request; `shipment` gets one batch through, in parts where need be;
`queue` and `spool` hold what waits; `courier` is the thread that carries it; `writer` and `async_writer` are its faces.
"""

from groove_dashboard.client.async_writer import AsyncEventWriter
from groove_dashboard.client.courier import Statistics
from groove_dashboard.client.errors import (
    ClientError,
    EventsRefused,
    RequestRefused,
    RequestTooLarge,
    ServerAway,
    SpoolError,
    Undelivered,
    WriterClosed,
    WriterFailed,
)
from groove_dashboard.client.events import RefusedEvent
from groove_dashboard.client.limits import WriterLimits
from groove_dashboard.client.sender import Sender
from groove_dashboard.client.writer import EventWriter

__all__ = [
    "AsyncEventWriter",
    "ClientError",
    "EventWriter",
    "EventsRefused",
    "RefusedEvent",
    "RequestRefused",
    "RequestTooLarge",
    "Sender",
    "ServerAway",
    "SpoolError",
    "Statistics",
    "Undelivered",
    "WriterClosed",
    "WriterFailed",
    "WriterLimits",
]
