"""The aiohttp shell: the only room that knows HTTP and WebSocket."""
