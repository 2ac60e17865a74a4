"""An official Python client against the fixture. `python.py v1|v2 legacy|modern URL TOKEN`"""

import json
import os
import sys
import time
import traceback
from collections.abc import Awaitable, Callable

import anyio

from python_line import EXACT, First, connected

Check = tuple[str, Callable[[First], Awaitable[None]]]
KEY = f"{os.getpid()}-{time.time_ns()}"
WATCHED = "test://watched-resource"


def expect(condition: object, sentence: str) -> None:
    if not condition:
        raise AssertionError(sentence)


async def until(condition: Callable[[], Awaitable[bool]], sentence: str) -> None:
    end = time.monotonic() + 5
    while not await condition():
        expect(time.monotonic() < end, sentence)
        await anyio.sleep(0.05)


def text_of(result: dict) -> str:
    return result["content"][0]["text"]


def says(tool: str, arguments: dict, sentence: str):
    async def check(client: First) -> None:
        text = text_of(await client.call(tool, arguments))
        expect(sentence in text, f"said {text}")

    return check


async def identity(client: First) -> None:
    expect(client.initialized["serverInfo"].get("name") == "fixture", "other server")
    expect(client.initialized["instructions"] == "A server for tests.", "other instructions")


async def modern(client: First) -> None:
    expect(client.initialized["protocolVersion"] == "2026-07-28", str(client.initialized))
    expect(client.seen.session_id is None, "there is a session")


async def session_id(client: First) -> None:
    expect(client.seen.session_id, "none")


async def ping(client: First) -> None:
    await client.ping()


async def tools(client: First) -> None:
    listed = {tool["name"]: tool for tool in await client.tools()}
    region = listed["test_region"]["inputSchema"]["properties"]["region"]
    expect(region.get("x-mcp-header") == "Region", "no x-mcp-header")
    expect(len(listed) > 25, f"{len(listed)} tools")


async def exact(client: First) -> None:
    expect(text_of(await client.call("echo", {"text": EXACT})) == EXACT, "other characters")


async def structured(client: First) -> None:
    answer = await client.call("add", {"a": 2, "b": 40})
    expect(answer["structuredContent"] == {"sum": 42}, str(answer))


async def image(client: First) -> None:
    answer = await client.call("test_image_content")
    expect(answer["content"][0]["mimeType"] == "image/png", "no image")


async def failing(client: First) -> None:
    expect((await client.call("test_error_handling"))["isError"], "no error")


async def unknown(client: First) -> None:
    try:
        answer = await client.call("no_such_tool")
    except Exception:
        return
    expect(answer.get("isError"), "no problem")


async def large(client: First) -> None:
    size = 1_572_864
    expect(len(text_of(await client.call("big", {"size": size}))) == size, "cut")


async def progress(client: First) -> None:
    first: list[float] = []

    async def on_progress(*ignored: object) -> None:
        first.append(time.monotonic())

    await client.call("slow", {"key": KEY + "p", "ms": 600}, on_progress)
    expect(first and time.monotonic() - first[0] > 0.2, "progress came with the answer")


async def cancellation(client: First) -> None:
    begun = anyio.Event()
    await client.call_and_cancel("slow", {"key": KEY + "c", "ms": 15_000}, begun)

    async def cancelled() -> bool:
        return text_of(await client.call("was_cancelled", {"key": KEY + "c"})) == "true"

    await until(cancelled, "not cancelled")


async def concurrent(client: First) -> None:
    answers: list[dict] = []

    async def meet(me: str, other: str) -> None:
        answers.append(await client.call("meet", {"me": KEY + me, "other": KEY + other}))

    with anyio.fail_after(8):
        async with anyio.create_task_group() as group:
            group.start_soon(meet, "a", "b")
            group.start_soon(meet, "b", "a")
    expect(not any(answer.get("isError") for answer in answers), "they did not meet")


async def resources(client: First) -> None:
    listed = await client.resources()
    expect(any(one["uri"] == "test://static-text" for one in listed), "not listed")
    content = await client.read("test://static-text")
    expect(content["text"].startswith("This is the content"), "other text")


async def blob(client: First) -> None:
    expect((await client.read("test://static-binary"))["blob"].startswith("iVBOR"), "no blob")


async def templates(client: First) -> None:
    listed = await client.templates()
    expect(listed[0]["uriTemplate"] == "test://template/{id}/data", "not listed")
    content = await client.read("test://template/7/data")
    expect(json.loads(content["text"])["id"] == "7", "other id")


async def missing(client: First) -> None:
    try:
        await client.read("test://none")
    except Exception as problem:
        code = problem.error.code if hasattr(problem, "error") else problem.code
        expect(code in (-32002, -32602), f"code {code}")
        return
    raise AssertionError("read, although there is none")


async def prompts(client: First) -> None:
    expect(len(await client.prompts()) >= 5, "not listed")
    messages = await client.prompt("test_prompt_with_arguments", {"arg1": "x", "arg2": "y"})
    expect("arg1='x', arg2='y'" in messages[0]["content"]["text"], "other prompt")


async def completion(client: First) -> None:
    values = await client.complete("test_prompt_with_arguments", "arg1", "al")
    expect(values == ["alpha"], str(values))


async def logging(client: First) -> None:
    await client.level("info")
    await client.call("test_tool_with_logging")

    async def logged() -> bool:
        return len(client.seen.logged) >= 3

    await until(logged, f"{len(client.seen.logged)} messages")


async def updated(client: First) -> bool:
    return WATCHED in client.seen.updated


async def updates(client: First) -> None:
    await client.subscribe(WATCHED)
    await client.call("touch")
    await until(lambda: updated(client), "no update")
    await client.unsubscribe(WATCHED)


async def listen(client: First) -> None:
    async with client.session.listen(resource_subscriptions=[WATCHED]) as stream:
        await client.call("touch")
        with anyio.fail_after(5):
            async for event in stream:
                expect(WATCHED in str(event), str(event))
                break


BOTH: list[Check] = [
    ("identity", identity),
    ("tools/list", tools),
    ("text", says("test_simple_text", {}, "This is a simple text response for testing.")),
    ("exact characters", exact),
    ("structured", structured),
    ("image", image),
    ("failing tool", failing),
    ("unknown tool", unknown),
    ("1.5 MiB", large),
    ("progress streams", progress),
    ("cancellation", cancellation),
    ("concurrent calls", concurrent),
    ("resources", resources),
    ("blob", blob),
    ("templates", templates),
    ("missing resource", missing),
    ("prompts", prompts),
    ("completion", completion),
]
SESSIONS: list[Check] = [
    ("session id", session_id),
    ("ping", ping),
    *BOTH,
    ("logging", logging),
    ("elicitation", says("test_elicitation", {"message": "who?"}, "accept")),
    ("sampling", says("test_sampling", {"prompt": "capital?"}, "LLM response: Paris")),
    ("roots on the own stream", says("roots", {}, "file:///home/ann")),
    ("resource updates on the own stream", updates),
    ("resumption", says("test_reconnection", {}, "Reconnection test completed")),
]
STATELESS: list[Check] = [
    ("2026-07-28 and no session", modern),
    *BOTH,
    ("a header of a parameter", says("test_region", {"region": "Zürich 日本"}, "region Zürich 日本")),
    (
        "elicitation in rounds",
        says("test_input_required_result_elicitation", {}, "Hello, Ann!"),
    ),
    ("sampling in rounds", says("test_input_required_result_sampling", {}, "Paris")),
    ("roots in rounds", says("test_input_required_result_list_roots", {}, "file:///home/ann")),
    ("subscriptions/listen", listen),
]


async def main(line: str, era: str, url: str, token: str) -> None:
    results: dict[str, str] = {}
    session = None
    try:
        with anyio.fail_after(100):
            async with connected(line, era, url, token) as client:
                results["connect"] = "ok"
                for name, check in SESSIONS if era == "legacy" else STATELESS:
                    try:
                        with anyio.fail_after(20):
                            await check(client)
                        results[name] = "ok"
                    except Exception as problem:
                        results[name] = (str(problem) or repr(problem))[:300]
                session = client.seen.session_id
        results["close"] = "ok"
        if era == "legacy":
            results["end of the session"] = await ended(line, url, token, session)
    except Exception as problem:
        results["the client itself"] = (str(problem) or repr(problem))[:300]
        traceback.print_exc()
    print(json.dumps(results), flush=True)


async def ended(line: str, url: str, token: str, session: str) -> str:
    """Whether a session that the client closed is gone."""
    http = __import__("httpx" if line == "v1" else "httpx2")
    async with http.AsyncClient() as client:
        answer = await client.post(
            url,
            json={"jsonrpc": "2.0", "id": 9, "method": "tools/list"},
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/json, text/event-stream",
                "Mcp-Session-Id": session,
                "MCP-Protocol-Version": "2025-11-25",
            },
        )
        return "ok" if answer.status_code == 404 else f"status {answer.status_code}"


anyio.run(main, *sys.argv[1:])
