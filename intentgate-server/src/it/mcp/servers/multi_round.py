"""Tools and a prompt that answer in several rounds (2026-07-28)."""

from typing import Any

import mcp_types as types
from mcp.server.mcpserver import Context, MCPServer


def form(message: str, field: str, kind: str = "string") -> types.ElicitRequest:
    schema = {"type": "object", "properties": {field: {"type": kind}}, "required": [field]}
    return types.ElicitRequest(
        params=types.ElicitRequestFormParams(message=message, requested_schema=schema)
    )


def sample(question: str, tokens: int) -> types.CreateMessageRequest:
    asked = types.SamplingMessage(
        role="user", content=types.TextContent(type="text", text=question)
    )
    return types.CreateMessageRequest(
        params=types.CreateMessageRequestParams(messages=[asked], max_tokens=tokens)
    )


def required(state: str | None = None, **requests: Any) -> types.InputRequiredResult:
    return types.InputRequiredResult(input_requests=requests, request_state=state)


def filled(ctx: Context, key: str, field: str) -> Any:
    """What the user put into that field, or None where there is no such answer."""
    answer = (ctx.input_responses or {}).get(key)
    content = getattr(answer, "content", None)
    return content.get(field) if isinstance(content, dict) else None


def add_rounds(server: MCPServer) -> None:
    """Registers them."""

    @server.tool(structured_output=False)
    async def test_input_required_result_elicitation(ctx: Context) -> Any:
        """Asks for a name."""
        name = filled(ctx, "user_name", "name")
        if name is None:
            return required(user_name=form("What is your name?", "name"))
        return f"Hello, {name}!"

    @server.tool(structured_output=False)
    async def test_input_required_result_sampling(ctx: Context) -> Any:
        """Asks the client's model."""
        answer = (ctx.input_responses or {}).get("capital_question")
        if answer is None:
            return required(capital_question=sample("What is the capital of France?", 100))
        return answer.content.text

    @server.tool(structured_output=False)
    async def test_input_required_result_list_roots(ctx: Context) -> Any:
        """Asks for the roots."""
        answer = (ctx.input_responses or {}).get("client_roots")
        if answer is None:
            return required(client_roots=types.ListRootsRequest())
        return "roots: " + " ".join(str(root.uri) for root in answer.roots)

    @server.tool(structured_output=False)
    async def test_input_required_result_request_state(ctx: Context) -> Any:
        """Keeps its state with the client."""
        if ctx.request_state == "asked" and ctx.input_responses:
            return "state-ok"
        return required("asked", confirm=form("Please confirm", "ok", "boolean"))

    @server.tool(structured_output=False)
    async def test_input_required_result_tampered_state(ctx: Context) -> Any:
        """Its state is sealed by the SDK."""
        if ctx.request_state == "sealed" and ctx.input_responses:
            return "state-ok"
        return required("sealed", confirm=form("Please confirm", "ok", "boolean"))

    @server.tool(structured_output=False)
    async def test_input_required_result_multiple_inputs(ctx: Context) -> Any:
        """Asks for three things at once."""
        if {"user_name", "greeting", "client_roots"} <= set(ctx.input_responses or {}):
            return "all of it"
        return required(
            "three",
            user_name=form("What is your name?", "name"),
            greeting=sample("Generate a greeting", 50),
            client_roots=types.ListRootsRequest(),
        )

    @server.tool(structured_output=False)
    async def test_input_required_result_multi_round(ctx: Context) -> Any:
        """Asks twice."""
        if ctx.request_state == "second" and filled(ctx, "step2", "color") is not None:
            return f"liked {filled(ctx, 'step2', 'color')}"
        if ctx.request_state == "first" and filled(ctx, "step1", "name") is not None:
            return required("second", step2=form("Step 2: What is your favorite color?", "color"))
        return required("first", step1=form("Step 1: What is your name?", "name"))

    @server.tool(structured_output=False)
    async def test_input_required_result_capabilities(ctx: Context) -> Any:
        """Asks only for what the client can do."""
        has = ctx.client_capabilities
        asked: dict[str, Any] = {}
        if has is not None and has.sampling is not None:
            asked["greeting"] = sample("Generate a greeting", 50)
        if has is not None and has.elicitation is not None:
            asked["user_name"] = form("What is your name?", "name")
        if not asked or ctx.input_responses:
            return "nothing to ask"
        return required(**asked)

    @server.prompt()
    async def test_input_required_result_prompt(ctx: Context) -> Any:
        """A prompt that asks for its context."""
        context = filled(ctx, "user_context", "context")
        if context is None:
            return required(user_context=form("What context should the prompt use?", "context"))
        return f"Use {context}."
