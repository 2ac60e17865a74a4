package app.intentgate.server.demo;

import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.server.GateServer;
import app.intentgate.server.config.Config;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of the demonstration. Close it to stop its servers and delete its folder. */
public final class Demo implements AutoCloseable {
  private static final String RULES =
      """
      {"rules": [
        {"when_any": ["what is on", "show", "read"], "allow": ["read_invoice"]},
        {"when_all": ["pay"], "allow": ["read_invoice", "pay_invoice"]},
        {"when_all": ["delete"], "allow": ["delete_invoice"]}
      ]}
      """;
  private static final String READING = "what is on invoice 7?";
  private static final String PAYING = "pay invoice 7";

  private final Path folder;
  private final DemoTools tools;
  private final GateServer gate;
  private final DemoClient client;
  private boolean asExpected = true;
  private boolean closed;

  private Demo(Path folder, DemoTools tools, GateServer gate, DemoClient client) {
    this.folder = folder;
    this.tools = tools;
    this.gate = gate;
    this.client = client;
  }

  /** Starts the tool server and the gate. */
  public static Demo start() throws IOException {
    Path folder = Files.createTempDirectory("intentgate-demo");
    Path policy =
        Files.writeString(
            folder.resolve("policy.rego"), BuiltInPolicies.template("value_threshold"));
    Path rules = Files.writeString(folder.resolve("intent-rules.json"), RULES);
    DemoTools tools = DemoTools.start();
    GateServer gate = null;
    try {
      gate =
          GateServer.start(
              Config.of(
                  Map.of(
                      "INTENTGATE_ADDR",
                      "127.0.0.1:0",
                      "INTENTGATE_DATA_DIR",
                      folder.resolve("data").toString(),
                      "INTENTGATE_UPSTREAM_URL",
                      tools.url(),
                      "INTENTGATE_POLICY_FILE",
                      policy.toString(),
                      "INTENTGATE_INTENT_RULES",
                      rules.toString(),
                      "INTENTGATE_APPROVAL_ASYNC",
                      "true",
                      "INTENTGATE_AUDIT_TARGET",
                      "none",
                      "INTENTGATE_LOG_LEVEL",
                      "error")));
      Path adminFile = folder.resolve("data").resolve("admin.token");
      DemoClient client =
          new DemoClient("http://127.0.0.1:" + gate.port(), Files.readString(adminFile).strip());
      return new Demo(folder, tools, gate, client);
    } catch (IOException | RuntimeException e) {
      if (gate != null) {
        gate.close();
      }
      tools.close();
      delete(folder);
      throw e;
    }
  }

  /**
   * Makes the calls and prints what the gate said.
   *
   * @return whether each ended as the demonstration expects
   */
  public boolean run(PrintWriter out) throws IOException {
    out.println("IntentGate: a gate on " + client.base() + ", in front of a small tool server.");
    out.println();
    DemoTable table = new DemoTable(out);
    String token =
        client.mint(
            "{\"subject\":\"invoice-agent\",\"ttl_seconds\":3600,"
                + "\"tools\":[\"read_*\",\"pay_invoice\"]}");
    String once = client.mint("{\"subject\":\"one-shot\",\"ttl_seconds\":3600,\"max_calls\":1}");
    client.call(once, "read_invoice", "{\"id\":0}", READING); // warms up, and spends the one call

    table.header();
    show(table, "read an invoice", "allow", token, "read_invoice", "{\"id\":7}", READING);
    show(table, "pay 120", "allow", token, "pay_invoice", "{\"id\":7,\"amount\":120}", PAYING);
    show(
        table,
        "a tool the token lacks",
        "capability",
        token,
        "delete_invoice",
        "{\"id\":7}",
        "delete invoice 7");
    show(
        table,
        "pay, but the user only asked to read",
        "intent",
        token,
        "pay_invoice",
        "{\"id\":7,\"amount\":120}",
        READING);
    show(
        table,
        "pay 250000",
        "policy",
        token,
        "pay_invoice",
        "{\"id\":7,\"amount\":250000}",
        PAYING);
    show(
        table,
        "a second call on a token for one",
        "budget",
        once,
        "read_invoice",
        "{\"id\":7}",
        READING);
    show(table, "pay 5000", "escalate", token, "pay_invoice", "{\"id\":7,\"amount\":5000}", PAYING);

    CapabilityToken child =
        CapabilityToken.decode(token).attenuate(new Caveat.ToolAllow(List.of("read_*")));
    show(
        table,
        "pay with a child token, narrowed offline",
        "capability",
        child.encode(),
        "pay_invoice",
        "{\"id\":7,\"amount\":120}",
        PAYING);
    client.revoke(CapabilityToken.decode(token).id());
    show(
        table,
        "read after the token was revoked",
        "capability",
        token,
        "read_invoice",
        "{\"id\":7}",
        READING);
    out.println();
    return audit(out) && asExpected;
  }

  private void show(
      DemoTable table,
      String what,
      String expected,
      String token,
      String tool,
      String arguments,
      String prompt)
      throws IOException {
    DemoClient.Answer answer = client.call(token, tool, arguments, prompt);
    asExpected &= answer.outcome().equals(expected);
    table.row(what, answer);
  }

  private boolean audit(PrintWriter out) throws IOException {
    JsonObject report = client.verifyAudit();
    boolean intact = report.get("ok") == JsonValue.of(true);
    out.println(
        (intact ? "Audit chain verified: " : "Audit chain BROKEN: ")
            + report.get("verified")
            + " events, each hashed over the one before it.");

    Path copy = folder.resolve("tampered.jsonl");
    String events = client.exportAudit();
    Files.writeString(copy, events.replaceFirst("250000|payment above", "payment below"));
    AuditFileVerifier.Result result =
        AuditFileVerifier.verify(copy, Form.EXACT, List.of(), (bytes, count) -> {});
    BrokenEvent broken = result.broken();
    out.println(
        broken == null
            ? "Tampering with a copy went unnoticed: this should not be."
            : "One word of a copy changed: found at event "
                + broken.seq()
                + ", "
                + broken.how().reason()
                + ".");
    return intact && broken != null;
  }

  /** Prints lines to try against the gate, with a token of their own. */
  public void inviteToTry(PrintWriter out) throws IOException {
    String token =
        client.mint(
            "{\"subject\":\"you\",\"ttl_seconds\":86400,"
                + "\"tools\":[\"read_*\",\"pay_invoice\"]}");
    String curl = "curl -s " + client.base() + "/v1/mcp -H 'Authorization: Bearer '\"$TOKEN\" -d '";
    out.println();
    out.println("The gate goes on running; Ctrl-C ends it. Try:");
    out.println();
    out.println("TOKEN=" + token);
    out.println(curl + body("read_invoice", "{\"id\":7}") + "'");
    out.println(curl + body("pay_invoice", "{\"id\":7,\"amount\":5000}") + "'");
    out.println(curl + body("delete_invoice", "{\"id\":7}") + "'");
    out.flush();
  }

  private static String body(String tool, String arguments) {
    return DemoClient.request(tool, (JsonObject) JsonReader.parse(arguments));
  }

  DemoClient client() {
    return client;
  }

  /** Where the demonstration keeps its files. */
  Path folder() {
    return folder;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      gate.close();
      tools.close();
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
