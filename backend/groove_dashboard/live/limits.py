"""Every bound and every pace of the live part, in one place, so that a test lowers them.

An operator sets those of connections, topics, messages, heartbeats and slow clients; the others were measured.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, times in seconds unless the name says otherwise."""

    max_connections: int = 10_000
    """Connections of one process; one more is closed with 4029."""

    max_message_bytes: int = 65_536
    """Longest message that a client may send."""
    max_topics: int = 64
    """Topics that one connection may be subscribed to."""
    messages_per_second: int = 20
    """Messages that a client may send in the long run."""
    message_burst: int = 60
    """Messages that it may send at once."""
    invalid_in_a_row: int = 3
    """That many invalid messages without a valid one between them end the connection with 4400."""
    rate_limited_in_a_row: int = 100
    """That many messages over the rate without one inside it between them end the connection with 4029."""
    pending_replies: int = 16
    """While so many answers wait to be sent, nothing more is read from the connection."""
    pending_actions: int = 8
    """While so many actions wait to be carried out, nothing more is read from the connection."""

    heartbeat_seconds: float = 25
    """A heartbeat follows that long a silence of ours."""
    drain_timeout: float = 10
    """A connection whose transport stays above its high-water mark for so long is too slow: aborted, as of 4008."""
    close_timeout: float = 2
    """How long the peer may take to answer our close frame."""
    shutdown_timeout: float = 3
    """How long saying goodbye to everybody may take when the server stops."""
    peer_timeout: float = 30
    """Sent bytes that the peer's machine leaves unacknowledged for so long end the connection (Linux)."""
    write_buffer_bytes: int = 256 * 1024
    """High-water mark of a connection's transport."""
    send_buffer_bytes: int = 128 * 1024
    """The kernel's send buffer of a connection; left to itself, it grows to megabytes and hides a slow client."""
    max_batch_bytes: int = 1024 * 1024
    """A batch to which nothing more is added: clients have a bound for a frame, too."""

    retry_min_ms: int = 500
    """Least delay before a client reconnects, in milliseconds."""
    retry_max_ms: int = 20_000
    """Greatest delay before a client reconnects, in milliseconds."""

    refresh_interval: float = 0.1
    """Least time from the beginning of one refresh of a topic to that of the next."""
    refresh_share: float = 0.25
    """Greatest share of the time that a topic may spend being read: one that takes long is read less often."""
    channel_linger: float = 120
    """How long a topic is kept fresh after its last subscriber has gone, so that who comes back can go on."""
    lingering_channels: int = 256
    """Topics that are kept so at once; the one that has been left for longest goes first."""
    history_updates: int = 128
    """Updates of a topic that are remembered for those who resume."""
    history_seconds: float = 120
    """How long each of them is."""
    history_bytes: int = 1024 * 1024
    """Bytes of all of them, for one topic."""
    snapshots_at_once: int = 3
    """Snapshots of one topic that a connection may ask for within `snapshot_span`; the next one has to wait."""
    snapshot_span: float = 10
    """See `snapshots_at_once`."""
    update_share: float = 0.6
    """A patch may have at most this share of the bytes of the data that it leads to; else a snapshot is sent."""
    concurrent_reads: int = 4
    """Reads that may be under way at once; each refreshes all topics that were due when it began."""
    read_retry_min: float = 0.5
    """First delay before a topic that could not be read is read again; it doubles with each failure."""
    read_retry_max: float = 5
    """Greatest such delay."""
