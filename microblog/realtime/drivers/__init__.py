"""How listeners are connected: WebSocket, server-sent events, long-poll. Everything that knows Starlette, uvicorn or
asyncio transports is here."""
