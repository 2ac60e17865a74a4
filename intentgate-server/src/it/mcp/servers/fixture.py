"""The tool server of the tests: what the conformance suite asks for, and tools for the SDK clients.

It runs on the Python SDK 2.x and speaks both eras. `python fixture.py PORT`.
"""

import asyncio
import base64
import json
import logging
import sys
from typing import Annotated, Any

import mcp_types as types
from mcp.server.caching import CacheHint
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.streamable_http import EventMessage, EventStore
from mcp.shared.exceptions import MCPError
from pydantic import Field

from multi_round import add_rounds

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
SILENCE = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA="
PUBLIC = CacheHint(ttl_ms=60_000, scope="public")


class Remembered(EventStore):
    """Every event of every stream, so that a client can resume one."""

    def __init__(self) -> None:
        self.events: list[tuple[str, types.JSONRPCMessage | None]] = []

    async def store_event(self, stream_id, message):
        self.events.append((stream_id, message))
        return str(len(self.events))

    async def replay_events_after(self, last_event_id, send_callback):
        last = int(last_event_id) if last_event_id.isdecimal() else 0
        if not 1 <= last <= len(self.events):
            return None
        stream = self.events[last - 1][0]
        for number, (of, message) in enumerate(self.events[last:], start=last + 1):
            if of == stream and message is not None:
                await send_callback(EventMessage(message, str(number)))
        return stream


server = MCPServer(
    name="fixture",
    version="1",
    instructions="A server for tests.",
    cache_hints={
        "tools/list": PUBLIC,
        "prompts/list": PUBLIC,
        "resources/list": PUBLIC,
        "resources/templates/list": PUBLIC,
        "resources/read": PUBLIC,
    },
)


def image() -> types.ImageContent:
    return types.ImageContent(type="image", data=PIXEL, mime_type="image/png")


def resource(uri: str, mime: str, text: str) -> types.EmbeddedResource:
    return types.EmbeddedResource(
        type="resource", resource=types.TextResourceContents(uri=uri, mime_type=mime, text=text)
    )


def text(words: str) -> types.TextContent:
    return types.TextContent(type="text", text=words)


@server.tool(structured_output=False)
def test_simple_text() -> str:
    """A text."""
    return "This is a simple text response for testing."


@server.tool(structured_output=False)
def test_image_content() -> Any:
    """An image."""
    return [image()]


@server.tool(structured_output=False)
def test_audio_content() -> Any:
    """A sound."""
    return [types.AudioContent(type="audio", data=SILENCE, mime_type="audio/wav")]


@server.tool(structured_output=False)
def test_embedded_resource() -> Any:
    """A resource within the result."""
    return [
        resource(
            "test://embedded-resource", "text/plain", "This is an embedded resource content."
        )
    ]


@server.tool(structured_output=False)
def test_multiple_content_types() -> Any:
    """A text, an image and a resource."""
    return [
        text("Multiple content types test:"),
        image(),
        resource("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ]


@server.tool(structured_output=False)
def test_error_handling() -> Any:
    """A tool that fails."""
    return types.CallToolResult(
        content=[text("This tool intentionally returns an error for testing")], is_error=True
    )


@server.tool(structured_output=False)
async def test_tool_with_logging(ctx: Context) -> str:
    """Three log messages."""
    for words in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await ctx.info(words)
        await asyncio.sleep(0.05)
    return "logged"


@server.tool(structured_output=False)
async def test_logging_tool(ctx: Context) -> str:
    """One log message, for those who asked for the level."""
    await ctx.info("a message")
    return "logged"


@server.tool(structured_output=False)
async def test_tool_with_progress(ctx: Context) -> str:
    """Progress in three steps."""
    for step in (0, 50, 100):
        await ctx.report_progress(step, 100, f"Completed step {step} of 100")
        await asyncio.sleep(0.05)
    return "done"


@server.tool(structured_output=False)
async def test_sampling(prompt: str, ctx: Context) -> str:
    """Asks the client's model."""
    answer = await ctx.session.create_message(
        messages=[types.SamplingMessage(role="user", content=text(prompt))],
        max_tokens=100,
        related_request_id=ctx.request_id,
    )
    return f"LLM response: {answer.content.text}"


async def ask(ctx: Context, message: str, properties: dict[str, Any], required: list[str]):
    schema = {"type": "object", "properties": properties, "required": required}
    answer = await ctx.session.elicit_form(message, schema, related_request_id=ctx.request_id)
    return f"action={answer.action}, content={json.dumps(answer.content)}"


@server.tool(structured_output=False)
async def test_elicitation(message: str, ctx: Context) -> str:
    """Asks the user."""
    named = {
        "username": {"type": "string", "description": "User's response"},
        "email": {"type": "string", "description": "User's email address"},
    }
    return "User response: " + await ask(ctx, message, named, ["username", "email"])


@server.tool(structured_output=False)
async def test_elicitation_sep1034_defaults(ctx: Context) -> str:
    """Asks with a default for each type."""
    fields = {
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {
            "type": "string",
            "enum": ["active", "inactive", "pending"],
            "default": "active",
        },
        "verified": {"type": "boolean", "default": True},
    }
    return "Elicitation completed: " + await ask(ctx, "Who are you?", fields, [])


@server.tool(structured_output=False)
async def test_elicitation_sep1330_enums(ctx: Context) -> str:
    """Asks with each kind of choice."""
    words = ["option1", "option2", "option3"]
    titled = [{"const": f"value{n}", "title": f"Choice {n}"} for n in (1, 2, 3)]
    fields = {
        "untitledSingle": {"type": "string", "enum": words},
        "titledSingle": {"type": "string", "oneOf": titled},
        "legacyEnum": {
            "type": "string",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"],
        },
        "untitledMulti": {"type": "array", "items": {"type": "string", "enum": words}},
        "titledMulti": {"type": "array", "items": {"anyOf": titled}},
    }
    return "Elicitation completed: " + await ask(ctx, "Choose", fields, [])


@server.tool(structured_output=False)
async def test_reconnection(ctx: Context) -> str:
    """Drops its stream before its answer, which comes on the resumed one."""
    await ctx.close_sse_stream()
    await asyncio.sleep(0.3)
    return "Reconnection test completed"


@server.tool(structured_output=False)
async def test_missing_capability(ctx: Context) -> str:
    """Needs a client that can sample."""
    has = ctx.client_capabilities
    if has is None or has.sampling is None:
        raise MCPError(-32021, "sampling is needed", {"requiredCapabilities": {"sampling": {}}})
    return "sampling is there"


@server.tool(structured_output=False)
async def test_streaming_elicitation(ctx: Context) -> Any:
    """Asks by the rounds of 2026-07-28, after progress on the stream."""
    await ctx.report_progress(1, 2, "asking")
    if ctx.input_responses:
        return "answered"
    schema = {"type": "object", "properties": {"name": {"type": "string"}}}
    return types.InputRequiredResult(
        input_requests={
            "name": types.ElicitRequest(
                params=types.ElicitRequestFormParams(message="Name?", requested_schema=schema)
            )
        }
    )


@server.tool(structured_output=False)
async def test_trigger_tool_change(ctx: Context) -> str:
    """Says that the tools changed."""
    await ctx.notify_tools_changed()
    return "said"


@server.tool(structured_output=False)
async def test_trigger_prompt_change(ctx: Context) -> str:
    """Says that the prompts changed."""
    await ctx.notify_prompts_changed()
    return "said"


@server.tool(structured_output=False)
def test_region(
    region: Annotated[str, Field(json_schema_extra={"x-mcp-header": "Region"})],
) -> str:
    """An argument that is a header too."""
    return f"region {region}"


@server.tool(structured_output=False)
def json_schema_2020_12_tool(name: str = "", contactMethod: str = "") -> str:
    """A schema with the words of 2020-12."""
    return f"{name} {contactMethod}"


server._tool_manager.get_tool("json_schema_2020_12_tool").parameters = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}


@server.resource("test://static-text", mime_type="text/plain")
def static_text() -> str:
    """A text."""
    return "This is the content of the static text resource."


@server.resource("test://static-binary", mime_type="image/png")
def static_binary() -> bytes:
    """An image."""
    return base64.b64decode(PIXEL)


@server.resource("test://watched-resource", mime_type="text/plain")
def watched() -> str:
    """A resource one can subscribe to."""
    return "watched"


@server.resource("test://template/{id}/data", mime_type="application/json")
def of_template(id: str) -> str:
    """A resource by its id."""
    return json.dumps({"id": id, "templateTest": True, "data": f"Data for ID: {id}"})


def user(content: Any) -> types.PromptMessage:
    return types.PromptMessage(role="user", content=content)


def prompt(*contents: Any) -> list[Any]:
    return [user(content).model_dump(by_alias=True, exclude_none=True) for content in contents]


@server.prompt()
def test_simple_prompt() -> Any:
    """A prompt without arguments."""
    return prompt(text("This is a simple prompt for testing."))


@server.prompt()
def test_prompt_with_arguments(arg1: str, arg2: str) -> Any:
    """A prompt with two arguments."""
    return prompt(text(f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"))


@server.prompt()
def test_prompt_with_embedded_resource(resourceUri: str) -> Any:
    """A prompt with a resource."""
    return prompt(
        resource(resourceUri, "text/plain", "Embedded resource content for testing."),
        text("Please process the embedded resource above."),
    )


@server.prompt()
def test_prompt_with_image() -> Any:
    """A prompt with an image."""
    return prompt(image(), text("Please analyze the image above."))


@server.completion()
async def complete(ref, argument, context):
    words = [word for word in ("alpha", "beta", "gamma") if word.startswith(argument.value)]
    return types.Completion(values=words, total=len(words), has_more=False)


async def nothing(ctx, params):
    return types.EmptyResult()


# --- for the SDK clients ---------------------------------------------------------------------

cancelled: set[str] = set()
waiting: dict[str, asyncio.Event] = {}


@server.tool(structured_output=False)
def echo(text: str) -> str:
    """The same text."""
    return text


@server.tool()
def add(a: int, b: int) -> dict[str, int]:
    """A sum, structured."""
    return {"sum": a + b}


@server.tool(structured_output=False)
def big(size: int) -> str:
    """A long text."""
    return "x" * size


@server.tool(structured_output=False)
async def slow(key: str, ms: int, ctx: Context) -> str:
    """Says at once that it begins, and answers later; remembers that it was cancelled."""
    await ctx.report_progress(1, 2, "begun")
    try:
        await asyncio.sleep(ms / 1000)
    except BaseException:
        cancelled.add(key)
        raise
    return "done"


@server.tool(structured_output=False)
def was_cancelled(key: str) -> str:
    """Whether that slow call was cancelled."""
    return str(key in cancelled).lower()


@server.tool(structured_output=False)
async def meet(me: str, other: str) -> str:
    """Ends when the other has come too."""
    waiting.setdefault(me, asyncio.Event()).set()
    await asyncio.wait_for(waiting.setdefault(other, asyncio.Event()).wait(), 10)
    return f"{me} met {other}"


@server.tool(structured_output=False)
async def roots(ctx: Context) -> str:
    """The roots of the client."""
    answer = await ctx.session.list_roots()
    return " ".join(str(root.uri) for root in answer.roots)


@server.tool(structured_output=False)
async def touch(ctx: Context) -> str:
    """Says on the session's own stream, or to listeners, that a resource changed."""
    await ctx.session.send_resource_updated("test://watched-resource")
    await ctx.notify_resource_updated("test://watched-resource")
    return "touched"


def main() -> None:
    low = server._lowlevel_server
    low.add_request_handler("resources/subscribe", types.SubscribeRequestParams, nothing)
    low.add_request_handler("resources/unsubscribe", types.UnsubscribeRequestParams, nothing)
    low.add_request_handler("logging/setLevel", types.SetLevelRequestParams, nothing)
    add_rounds(server)
    logging.getLogger("uvicorn.access").disabled = True
    server.run(
        "streamable-http",
        host="127.0.0.1",
        port=int(sys.argv[1]),
        event_store=Remembered(),
        retry_interval=100,
    )


if __name__ == "__main__":
    main()
