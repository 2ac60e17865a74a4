package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.Credential;
import app.intentgate.fuzz.FuzzContract;
import app.intentgate.intent.IntentException;
import app.intentgate.intent.PromptHeader;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.server.mcp.HeaderCheck;
import app.intentgate.server.mcp.HeaderText;
import app.intentgate.server.mcp.McpMethods;
import app.intentgate.server.upstream.AnswerReader;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.testing.GoldenData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * A body is one request that every reader takes for the same, or is answered with an error of
 * JSON-RPC; headers agree with it or the request is refused; ids go back as they came; and what is
 * forwarded is what was judged. An answer of a tool server, which may be anything as well, becomes
 * a result, an error or a failure.
 *
 * <p>Lines of headers may stand before the body, with an empty line between; without that line all
 * is body.
 */
class EnvelopeFuzzTest extends FuzzContract {
  private static final List<String> ENVELOPE =
      List.of("jsonrpc", "id", "method", "params", "result", "error");

  EnvelopeFuzzTest() {
    super("envelope");
  }

  @Override
  protected List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    JsonObject golden = (JsonObject) GoldenData.vectorsJson("json-differential.json");
    for (JsonValue each : (JsonArray) golden.get("cases")) {
      JsonValue body = ((JsonObject) each).get("body_b64");
      if (body != null && body.asText() != null && body.asText().length() < 1000) {
        seeds.add(Base64.getDecoder().decode(body.asText()));
      }
    }
    return seeds;
  }

  @Override
  protected List<String> words() {
    return List.of(
        "{\"jsonrpc\":\"2.0\",",
        "\"id\":1",
        "\"id\":null",
        "\"id\":\"\\u0061\"",
        "\"method\":\"",
        "tools/call",
        "resources/read",
        "tasks/get",
        "initialize",
        "\"params\":{",
        "\"name\":",
        "\"arguments\":{",
        "\"_meta\":{",
        "\"uri\":",
        "\"taskId\":",
        "\"result\":",
        "\"error\":{",
        "\"code\":-1",
        "\"message\":\"",
        "\"i\\u0064\"",
        "Mcp-Method: ",
        "Mcp-Name: ",
        "=?base64?",
        "?=",
        "Authorization: Bearer ",
        "Accept: text/event-stream;q=0",
        "X-Intent-Prompt: ",
        "X-Intent-Prompt-B64: ",
        "MCP-Protocol-Version: ",
        "\u017f",
        "\u0130",
        "\u212a",
        "\n\n");
  }

  @Override
  protected void tryInput(byte[] input) {
    String whole = new String(input, StandardCharsets.ISO_8859_1);
    int end = whole.indexOf("\n\n");
    HttpFields.Mutable headers = HttpFields.build();
    if (end >= 0) {
      for (String line : whole.substring(0, end).split("\n", -1)) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          headers.add(line.substring(0, colon), line.substring(colon + 2));
        }
      }
    }
    headersAreRead(headers);
    byte[] body = whole.substring(end < 0 ? 0 : end + 2).getBytes(StandardCharsets.ISO_8859_1);
    for (int status : new int[] {200, 302, 400, 404, 502}) {
      answerIsRead(status, body);
    }
    JsonValue document;
    try {
      document = JsonReader.parse(body);
    } catch (JsonParseException e) {
      String why = String.valueOf(e.getMessage());
      isError(RpcAnswer.error(RequestId.NONE, -32700, "invalid JSON", why), null, -32700);
      return;
    }
    RpcRequest request;
    try {
      request = RpcRequest.of(document);
    } catch (RpcProblem problem) {
      refused(problem, body, List.of(-32700, -32600));
      return;
    }
    isReadAlike((JsonObject) document, ENVELOPE);
    idGoesBack(request.id(), body);
    JsonObject forwarded = (JsonObject) JsonReader.parse(request.toBytes());
    assertThat(RpcRequest.of(forwarded)).isEqualTo(request);
    assertThat(forwarded.size())
        .isEqualTo(2 + (request.id() == null ? 0 : 1) + (request.params() == null ? 0 : 1));
    headersAreChecked(headers, request);
    if (request.method().equals(McpMethods.TOOLS_CALL)) {
      callIsRead(request.params(), body);
    }
  }

  private static void headersAreRead(HttpFields headers) {
    Accepted.has(headers, "text/event-stream");
    Credential presented = Credential.fromAuthorization(headers.getValuesList("Authorization"));
    if (presented instanceof Credential.Bearer bearer) {
      // Java calls U+001C to U+001F white space as well, Unicode and the contract do not.
      assertThat(bearer.text().chars().anyMatch(c -> !Character.isSpaceChar(c))).isTrue();
    }
    try {
      PromptHeader.read(headers.get("X-Intent-Prompt"), headers.get("X-Intent-Prompt-B64"));
    } catch (IntentException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void answerIsRead(int status, byte[] body) {
    UpstreamResult result = AnswerReader.read(status, body);
    if (result instanceof UpstreamResult.Result answer) {
      assertThat(status).isEqualTo(200);
      byte[] relayed = RpcAnswer.forwarded(RequestId.NONE, answer.value(), 1);
      assertThat(((JsonObject) JsonReader.parse(relayed)).get("result")).isNotNull();
    } else if (result instanceof UpstreamResult.RpcError error) {
      byte[] relayed = RpcAnswer.relayedError(RequestId.NONE, error.error());
      assertThat(((JsonObject) JsonReader.parse(relayed)).get("error")).isEqualTo(error.error());
    }
  }

  private static void refused(RpcProblem problem, byte[] body, List<Integer> codes) {
    assertThat(problem.code()).isIn(codes);
    RequestId id = RequestId.of(problem.id(), body);
    isError(
        RpcAnswer.error(id, problem.code(), problem.text(), problem.data()),
        problem.id(),
        problem.code());
  }

  private static void isError(byte[] answer, @Nullable JsonValue id, int code) {
    JsonObject read = (JsonObject) JsonReader.parse(answer);
    assertThat(read.get("id")).isEqualTo(id == null ? JsonNull.NULL : id);
    assertThat(((JsonObject) read.get("error")).get("code")).isEqualTo(JsonValue.of(code));
    isSafeInHtml(answer);
  }

  private static void idGoesBack(@Nullable JsonValue id, byte[] body) {
    byte[] answer = RpcAnswer.result(RequestId.of(id, body), JsonNull.NULL);
    JsonObject read = (JsonObject) JsonReader.parse(answer);
    assertThat(read.get("id")).isEqualTo(id == null ? JsonNull.NULL : id);
    isSafeInHtml(answer);
  }

  private static void isSafeInHtml(byte[] answer) {
    assertThat(new String(answer, StandardCharsets.UTF_8))
        .doesNotContain("<", ">", "&", "\u2028", "\u2029");
  }

  /** A reader that does not care for the case of letters finds the same members. */
  private static void isReadAlike(JsonObject object, List<String> known) {
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      for (String member : known) {
        assertThat(name.equalsIgnoreCase(member)).as("%s", name).isEqualTo(name.equals(member));
      }
    }
  }

  private static void headersAreChecked(HttpFields headers, RpcRequest request) {
    String method = request.method();
    JsonValue params = request.params();
    String said = HeaderCheck.contradiction(headers::getValuesList, method, params);
    List<String> methods = headers.getValuesList("Mcp-Method");
    if (said == null && !methods.isEmpty() && !methods.get(0).contains("=?base64?")) {
      assertThat(methods).hasSize(1);
      assertThat(methods.get(0).strip()).isEqualTo(method);
    }
    String named =
        params instanceof JsonObject object && object.get("name") instanceof JsonString name
            ? name.value()
            : "";
    if (StandardCharsets.UTF_8.newEncoder().canEncode(method + named)) {
      Map<String, List<String>> right =
          Map.of(
              "Mcp-Method", List.of(HeaderText.encode(method)),
              "Mcp-Name", List.of(HeaderText.encode(named)),
              "MCP-Protocol-Version", List.of("2026-07-28"));
      if (method.equals(McpMethods.TOOLS_CALL) && !named.isEmpty()) {
        HeaderCheck.Headers same = header -> right.getOrDefault(header, List.of());
        assertThat(HeaderCheck.contradiction(same, method, params)).isNull();
        assertThat(HeaderCheck.mismatch(same, "2026-07-28", method, params)).isNull();
        assertThat(HeaderCheck.mismatch(same, "2026-07-28", "x" + method, params)).isNotNull();
      }
    }
    HeaderCheck.version(params);
  }

  private static void callIsRead(@Nullable JsonValue params, byte[] body) {
    CallParams call;
    try {
      call = CallParams.of(params);
    } catch (RpcProblem problem) {
      refused(problem, body, List.of(-32602));
      return;
    }
    JsonObject object = (JsonObject) params;
    isReadAlike(object, List.of("name", "arguments", "_meta", "uri", "cursor", "task"));
    assertThat(object.get("name")).isEqualTo(JsonValue.of(call.tool()));
    JsonObject arguments = call.arguments();
    if (arguments != null) {
      assertThat(JsonReader.parse(JsonWriter.goBytes(arguments))).isEqualTo(arguments);
    }
  }
}
