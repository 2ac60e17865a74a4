package app.intentgate.sdk;

import java.util.Map;

/** A gate for adapters: it answers every call alike, and every list with the same tools. */
public final class AnsweringGate implements AutoCloseable {
  public final FakeGate gate = new FakeGate();
  public final IntentGateClient client =
      IntentGateClient.builder().url(gate.url()).retries(0).build();

  /** Answers each request with a result. */
  public AnsweringGate result(String result) {
    return answer(200, "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":" + result + "}");
  }

  /** Answers each request with one of the gate's own errors. */
  public AnsweringGate error(int code, String message, String data) {
    return answer(
        200,
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":"
            + code
            + ",\"message\":\""
            + message
            + "\",\"data\":"
            + data
            + "}}");
  }

  /** Answers each request with a status and JSON. */
  public AnsweringGate answer(int status, String body) {
    gate.always(status, Map.of("Content-Type", "application/json"), body);
    return this;
  }

  /** The parameters of the last request, as text. */
  public String params() {
    return String.valueOf(last().body().get("params"));
  }

  /** The last request. */
  public FakeGate.Seen last() {
    return gate.requests.get(gate.requests.size() - 1);
  }

  @Override
  public void close() {
    client.close();
    gate.close();
  }
}
