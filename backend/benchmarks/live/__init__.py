"""The fan-out of the live part, measured against a bare `asyncio.Protocol` and a loop of aiohttp's `send_frame`.

Each contestant is a server process (`server`) with a load process (`load`) of its own, both steered by lines of JSON
(`lines`). The parent (`measures`) lets one pair work at a time, in short slices that take turns, so that what else the
machine does falls upon all alike; a ratio is the median of the ratios of the turns.
"""
