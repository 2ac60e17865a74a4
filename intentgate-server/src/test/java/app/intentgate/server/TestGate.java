package app.intentgate.server;

import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.Contract;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.Vectors;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A gate in this JVM and short ways to talk to it. */
final class TestGate implements AutoCloseable {
  static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  static final String ADMIN = "fake-super-token";

  private final InProcessGate gate;

  private TestGate(InProcessGate gate) {
    this.gate = gate;
  }

  /** Starts a gate; variables as name and value in turn, without their prefix. */
  static TestGate start(Path directory, String... variables) {
    return new TestGate(InProcessGate.start(environment(directory, variables)));
  }

  static Map<String, String> environment(Path directory, String... variables) {
    Map<String, String> env = new HashMap<>();
    env.put("INTENTGATE_ADDR", "127.0.0.1:0");
    env.put("INTENTGATE_DATA_DIR", directory.toString());
    env.put("INTENTGATE_STORE", "memory");
    env.put("INTENTGATE_AUDIT_TARGET", "none");
    env.put("INTENTGATE_LOG_LEVEL", "error");
    env.put("INTENTGATE_MASTER_KEY", KEY);
    env.put("INTENTGATE_ADMIN_TOKEN", ADMIN);
    for (int i = 0; i < variables.length; i += 2) {
      env.put("INTENTGATE_" + variables[i], variables[i + 1]);
    }
    return env;
  }

  GateServer server() {
    return gate.server();
  }

  int port() {
    return gate.port();
  }

  String mint(Grant grant) {
    CapabilityToken token = server().gate().mint(grant);
    return token.encode();
  }

  /** Posts a body; headers as name and value in turn. */
  Answer post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  Answer send(String method, String path, byte[] body, String... headers) {
    List<Map.Entry<String, String>> list = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      list.add(Map.entry(headers[i], headers[i + 1]));
    }
    return Contract.check(method, path, RawHttp.call(port(), method, path, list, body));
  }

  /** Calls a tool without arguments as request 1. */
  Answer call(String tool, String... headers) {
    return post(
        "/v1/mcp",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":{}}}",
        headers);
  }

  static JsonNode json(Answer answer) {
    try {
      return Vectors.JSON.readTree(answer.body());
    } catch (java.io.IOException e) {
      throw new AssertionError("no JSON: " + answer, e);
    }
  }

  /** Every event so far, oldest first. */
  List<StoredEvent> events() {
    return server()
        .gate()
        .audit()
        .query(AuditQuery.builder().oldestFirst().limit(1000).build())
        .events();
  }

  @Override
  public void close() {
    gate.close();
  }
}
