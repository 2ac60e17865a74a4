package app.intentgate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.IntentGateBuilder;
import app.intentgate.ToolCall;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.file.FileStateStore;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.testing.JavaSnippets;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.MasterKey;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show of embedding compiles, and does what they say. */
class EmbeddingDocumentTest {
  private static final String DATABASE = "## Keeping things in a database";
  private static final List<String> IMPORTS =
      List.of(
          "app.intentgate.*",
          "app.intentgate.audit.*",
          "app.intentgate.check.*",
          "app.intentgate.file.*",
          "app.intentgate.intent.*",
          "app.intentgate.json.*",
          "app.intentgate.operator.*",
          "app.intentgate.policy.*",
          "app.intentgate.policy.lifecycle.*",
          "app.intentgate.revocation.*",
          "app.intentgate.token.*",
          "java.io.*",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "java.util.concurrent.*");
  private static final String GIVEN =
      """
      record Invoice(int id) {}
      static class Invoices {
        Invoice read(int id) { return new Invoice(id); }
        Invoice pay(int id) { return new Invoice(id); }
      }
      static Invoices invoices = new Invoices();
      static IntentGate gate;
      static CapabilityToken token;
      static ToolCall call;
      static FileStateStore state;
      static Path folder, keyFile, file, path;
      static void serve(IntentGate open) {
        CapabilityToken kept = open.mint(Grant.to("agent").maxCalls(5));
        open.authorize(ToolCall.of("read_invoice").bearer(kept)).ifAllowed(() -> {});
        open.revoke(kept.id(), "done");
      }
      """;

  @TempDir private static Path classes;
  private static JavaSnippets snippets;

  @TempDir private Path folder;

  @BeforeAll
  static void every_block_compiles() throws Exception {
    String embedding = JavaSnippets.document("docs/embedding.md");
    String approvals = JavaSnippets.document("docs/approvals.md");
    // The module of databases shows that its own compiles.
    snippets =
        new JavaSnippets(IMPORTS, GIVEN)
            .of(embedding.replace(JavaSnippets.section(embedding, DATABASE), ""))
            .of(JavaSnippets.section(approvals, "## Embedding"));
    assertThat(snippets.size()).isGreaterThan(9);
    snippets.compile(classes);
  }

  private static IntentGate asking() {
    return IntentGate.builder()
        .policy(
            RegoPolicyEngine.compile(
                "payments.rego", BuiltInPolicies.template("value_threshold"), "payments"))
        .build();
  }

  private static long events(IntentGate gate, String tool, AuditDecision decision) {
    return gate.audit()
        .query(AuditQuery.builder().tool(tool).decision(decision.wireName()).limit(1000).build())
        .events()
        .size();
  }

  @Test
  void the_program_of_the_readme_compiles(@TempDir Path elsewhere) throws Exception {
    String readme = JavaSnippets.document("README.md");
    JavaSnippets own =
        new JavaSnippets(
                IMPORTS,
                "static class Invoices { String read(int id) { return \"invoice \" + id; } }\n"
                    + "static Invoices invoices = new Invoices();")
            .of(JavaSnippets.section(readme, "## In your own program"));
    assertThat(own.size()).isOne();
    own.compile(elsewhere);
    own.run(elsewhere, "IntentGate.builder()", Map.of());
  }

  @Test
  void the_first_call_is_allowed() throws Exception {
    snippets.run(classes, "maxCalls(50)", Map.of());
  }

  @Test
  void a_call_that_ann_agreed_to_goes_through() throws Exception {
    try (IntentGate gate = asking()) {
      ToolCall call =
          ToolCall.of("pay_invoice", Map.of("amount", 5000)).bearer(gate.mint(Grant.to("bot")));
      assertThat(gate.foresee(call).toCompletableFuture().join().waiting()).isTrue();
      snippets.run(classes, "resuming(waiting", Map.of("gate", gate, "call", call));
      assertThat(events(gate, "pay_invoice", AuditDecision.ESCALATE)).isOne();
      assertThat(events(gate, "admin/approvals", AuditDecision.ALLOW)).isOne();
      assertThat(events(gate, "pay_invoice", AuditDecision.ALLOW))
          .as("and its outcome")
          .isEqualTo(2);
    }
  }

  @Test
  void what_was_stopped_is_stopped_and_recorded() throws Exception {
    try (IntentGate gate = IntentGate.builder().build()) {
      CapabilityToken token = gate.mint(Grant.to("invoice-agent"));
      snippets.run(classes, "engageKillSwitch", Map.of("gate", gate, "token", token));
      Decision decision = gate.authorize(ToolCall.of("read_invoice").bearer(token));
      assertThat(decision.reason()).isEqualTo("token revoked");
      assertThat(gate.killSwitches().list(null)).isEmpty();
      assertThat(events(gate, "admin/revoke", AuditDecision.BLOCK)).isOne();
      assertThat(events(gate, "admin/kill-switch/engage", AuditDecision.BLOCK)).isOne();
      assertThat(events(gate, "admin/kill-switch/release", AuditDecision.ALLOW)).isOne();
    }
  }

  @Test
  void a_policy_is_promoted_and_rolled_back() throws Exception {
    Path rego = folder.resolve("payments.rego");
    Files.writeString(rego, BuiltInPolicies.template("value_threshold"));
    try (FileStateStore state = FileStateStore.open(folder, Clock.systemUTC());
        IntentGate gate = IntentGate.builder().build()) {
      snippets.run(
          classes, "PolicyService.start", Map.of("gate", gate, "state", state, "path", rego));
      assertThat(state.policies().history("", 10, null).changes()).hasSize(2);
      assertThat(gate.policies().forTenant("").label()).isEqualTo("embedded default");
    }
  }

  @Test
  void the_log_is_read_exported_and_verified() throws Exception {
    Path file = folder.resolve("export.ndjson");
    try (IntentGate gate = IntentGate.builder().build()) {
      CapabilityToken token = gate.mint(Grant.to("invoice-agent"));
      gate.authorize(ToolCall.of("delete").bearer(token));
      snippets.run(classes, "verify(\"default\"", Map.of("gate", gate));
      snippets.run(classes, "EventJson.bytes", Map.of("gate", gate, "file", file));
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void a_gate_on_files_goes_on_where_it_stopped() throws Exception {
    Path keyFile = folder.resolve("master.key");
    Files.writeString(keyFile, MasterKey.generate(new SecureRandom()).exposeText());
    for (int i = 0; i < 2; i++) {
      snippets.run(classes, "FileStateStore.open", Map.of("folder", folder, "keyFile", keyFile));
    }
    try (FileAuditStore audit = FileAuditStore.open(folder.resolve("audit.jsonl"));
        FileStateStore state = FileStateStore.open(folder, Clock.systemUTC())) {
      assertThat(audit.verify("default", null, null).ok()).isTrue();
      assertThat(audit.query(AuditQuery.all()).events())
          .as("minted, decided, done, revoked")
          .hasSize(8);
      assertThat(state.revocations().list(null, 10, 0)).hasSize(2);
    }
  }

  @Test
  void words_are_turned_into_tools() throws Exception {
    snippets.run(classes, "RuleIntentExtractor", Map.of());
  }

  @Test
  void the_table_of_settings_has_every_method_of_the_builder() throws Exception {
    String settings =
        JavaSnippets.section(JavaSnippets.document("docs/embedding.md"), "## Every setting");
    List<String> missing =
        Arrays.stream(IntentGateBuilder.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !name.equals("build") && !settings.contains("`" + name + "`"))
            .toList();
    assertThat(missing).isEmpty();
  }
}
