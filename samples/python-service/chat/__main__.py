"""A chat room over WebSocket: whoever connects reads what everybody writes."""

from aiohttp import WSMsgType, web

room: set[web.WebSocketResponse] = set()


async def join(request: web.Request) -> web.WebSocketResponse:
    person = web.WebSocketResponse()
    await person.prepare(request)
    room.add(person)
    try:
        async for message in person:
            if message.type is WSMsgType.TEXT:
                for other in room:
                    await other.send_str(message.data)
    finally:
        room.discard(person)
    return person


app = web.Application()
app.router.add_get("/", join)
web.run_app(app, port=8080)
