"""The two lines of the official Python SDK behind one set of methods; results are plain JSON."""

import contextlib
from typing import Any

EXACT = 'Zoë \u65e5\u672c \u2028 \U0001f600 "\\\n\t\u0001 </x>'


def plain(value: Any) -> dict[str, Any]:
    """What a result says on the wire."""
    return value.model_dump(by_alias=True, mode="json", exclude_none=True)


class Seen:
    """What the server sent of its own accord, and the answers to what it asks."""

    def __init__(self, types: Any) -> None:
        self.types = types
        self.logged: list[Any] = []
        self.updated: list[str] = []
        self.session_id: str | None = None

    async def on_response(self, response: Any) -> None:
        self.session_id = response.headers.get("mcp-session-id") or self.session_id

    async def on_log(self, params: Any) -> None:
        self.logged.append(params)

    async def on_message(self, message: Any) -> None:
        notification = getattr(message, "root", message)
        if getattr(notification, "method", "") == "notifications/resources/updated":
            self.updated.append(str(notification.params.uri))

    async def elicit(self, context: Any, params: Any) -> Any:
        content = {"username": "Ann", "email": "a@example.org", "name": "Ann"}
        return self.types.ElicitResult(action="accept", content=content)

    async def sample(self, context: Any, params: Any) -> Any:
        return self.types.CreateMessageResult(
            role="assistant",
            model="none",
            content=self.types.TextContent(type="text", text="Paris"),
        )

    async def roots(self, context: Any) -> Any:
        return self.types.ListRootsResult(
            roots=[self.types.Root(uri="file:///home/ann", name="home")]
        )


class First:
    """Version 1: a session over streams."""

    def __init__(self, session: Any, seen: Seen) -> None:
        self.session = session
        self.seen = seen
        self.initialized: dict[str, Any] = {}

    async def call(self, name: str, arguments: dict | None = None, on_progress: Any = None) -> dict:
        return plain(
            await self.session.call_tool(name, arguments or {}, progress_callback=on_progress)
        )

    async def call_and_cancel(self, name: str, arguments: dict, begun: Any) -> None:
        """This line sends no cancellation when a caller gives up, so one is sent for it."""
        import anyio

        number = self.session._request_id
        async with anyio.create_task_group() as group:

            async def run() -> None:
                async def on_progress(*ignored: Any) -> None:
                    begun.set()

                with contextlib.suppress(Exception):
                    await self.session.call_tool(name, arguments, progress_callback=on_progress)

            group.start_soon(run)
            await begun.wait()
            types = self.seen.types
            await self.session.send_notification(
                types.ClientNotification(
                    types.CancelledNotification(
                        params=types.CancelledNotificationParams(requestId=number)
                    )
                )
            )
            group.cancel_scope.cancel()

    async def ping(self) -> None:
        await self.session.send_ping()

    async def tools(self) -> list[dict]:
        return plain(await self.session.list_tools())["tools"]

    async def resources(self) -> list[dict]:
        return plain(await self.session.list_resources())["resources"]

    async def templates(self) -> list[dict]:
        return plain(await self.session.list_resource_templates())["resourceTemplates"]

    async def read(self, uri: str) -> dict:
        return plain(await self.session.read_resource(self.uri(uri)))["contents"][0]

    async def prompts(self) -> list[dict]:
        return plain(await self.session.list_prompts())["prompts"]

    async def prompt(self, name: str, arguments: dict) -> list[dict]:
        return plain(await self.session.get_prompt(name, arguments))["messages"]

    async def complete(self, prompt: str, name: str, value: str) -> list[str]:
        ref = self.seen.types.PromptReference(type="ref/prompt", name=prompt)
        answer = await self.session.complete(ref, {"name": name, "value": value})
        return plain(answer)["completion"]["values"]

    async def level(self, level: str) -> None:
        await self.session.set_logging_level(level)

    async def subscribe(self, uri: str) -> None:
        await self.session.subscribe_resource(self.uri(uri))

    async def unsubscribe(self, uri: str) -> None:
        await self.session.unsubscribe_resource(self.uri(uri))

    @staticmethod
    def uri(text: str) -> Any:
        from pydantic import AnyUrl

        return AnyUrl(text)


class Second(First):
    """Version 2: a client, of either era."""

    async def call_and_cancel(self, name: str, arguments: dict, begun: Any) -> None:
        """Giving up is the cancellation."""
        import anyio

        async with anyio.create_task_group() as group:

            async def on_progress(*ignored: Any) -> None:
                begun.set()

            async def run() -> None:
                await self.session.call_tool(name, arguments, progress_callback=on_progress)

            group.start_soon(run)
            await begun.wait()
            group.cancel_scope.cancel()

    @staticmethod
    def uri(text: str) -> Any:
        return text


@contextlib.asynccontextmanager
async def connected(line: str, era: str, url: str, token: str):
    """A connected client of that line and era."""
    headers = {"Authorization": f"Bearer {token}"}
    if line == "v1":
        import httpx
        from mcp import ClientSession, types
        from mcp.client.streamable_http import streamable_http_client

        seen = Seen(types)
        hooks = {"response": [seen.on_response]}
        async with (
            httpx.AsyncClient(headers=headers, timeout=30, event_hooks=hooks) as http,
            streamable_http_client(url, http_client=http) as (reading, writing, _),
            ClientSession(
                reading,
                writing,
                sampling_callback=seen.sample,
                elicitation_callback=seen.elicit,
                list_roots_callback=seen.roots,
                logging_callback=seen.on_log,
                message_handler=seen.on_message,
            ) as session,
        ):
            client = First(session, seen)
            client.initialized = plain(await session.initialize())
            yield client
    else:
        import httpx2
        import mcp_types as types
        from mcp import Client
        from mcp.client.streamable_http import streamable_http_client

        seen = Seen(types)
        hooks = {"response": [seen.on_response]}
        async with httpx2.AsyncClient(headers=headers, timeout=30, event_hooks=hooks) as http:
            # An event of more than a mebibyte is refused otherwise.
            transport = streamable_http_client(url, http_client=http, max_sse_event_size=None)
            async with Client(
                transport,
                mode="legacy" if era == "legacy" else "auto",
                sampling_callback=seen.sample,
                elicitation_callback=seen.elicit,
                list_roots_callback=seen.roots,
                logging_callback=seen.on_log,
                message_handler=seen.on_message,
            ) as session:
                client = Second(session, seen)
                client.initialized = {
                    "serverInfo": plain(session.server_info) if session.server_info else {},
                    "instructions": session.instructions,
                    "protocolVersion": session.protocol_version,
                }
                yield client
