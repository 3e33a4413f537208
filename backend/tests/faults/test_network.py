"""The network goes without a word: nobody closes anything, and nothing arrives any more."""

from __future__ import annotations

import asyncio

import pytest

from groove_dashboard.live.limits import Limits
from tests.faults.proxy import proxied
from tests.faults.scene import scene
from tests.web.recording import DEADLINE
from tests.web.site import figure, site

pytestmark = pytest.mark.timeout(180)

# What a peer leaves lying for half a second in buffers that are soon full is not taken any more.
LIMITS = Limits(peer_timeout=0.5, heartbeat_seconds=0.2, write_buffer_bytes=4096, send_buffer_bytes=4096)
PATIENCE = 2.0


async def test_half_open_connections_are_dropped_and_their_clients_go_on_over_new_ones(database_url: str) -> None:
    async with site(database_url, LIMITS) as client:
        url = str(client._base_url).rstrip("/")
        async with proxied(url) as (proxy, through), scene(through, written_to=url, patience=PATIENCE) as it:
            await it.writer.until(lambda writer: len(writer.acknowledged) > 3)
            proxy.stall()
            await it.settled()
            assert all(follower.connections > 1 for follower in it.followers)
            # Nobody is left of those whom the network has forgotten.
            async with asyncio.timeout(DEADLINE):
                while await figure(client, "connections") != len(it.followers):  # noqa: ASYNC110 - figures do not call
                    await asyncio.sleep(0.05)
