package app.intentgate.policy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.policy.RegoPolicyEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  private static final String HEAD =
      "package intentgate.policy\ndefault decision := {\"allow\": false, \"reason\": \"no\"}\n";
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final AuditStore audit = new MemoryAuditStore();
  private int calls;

  private AuditEventBuilder call(String tool, AuditDecision decision) {
    return AuditEvent.builder()
        .at(AT.plusSeconds(calls))
        .callId("call-" + calls++)
        .phase(AuditPhase.DECISION)
        .tool(tool)
        .tenant("acme")
        .agentId("bot")
        .capabilityTokenId("jti")
        .decision(decision);
  }

  private void store(AuditEventBuilder event) {
    audit.append(event.build()).toCompletableFuture().join();
  }

  private static DryRunRequest request(String source) {
    return new DryRunRequest(source, "", null, null, 10_000, 100, "", "", "", false, null);
  }

  private static DryRunReport run(AuditStore store, DryRunRequest request) {
    PolicyExplainer explainer =
        request.explain() ? PolicyExplainer.of("p.rego", request.source()) : null;
    return new DryRun(
            store,
            RegoPolicyEngine.compile("p.rego", request.source(), "candidate"),
            explainer,
            request,
            null)
        .run();
  }

  @Test
  void B24_each_call_is_replayed_once_and_operators_acts_not_at_all() {
    store(call("read_a", AuditDecision.ALLOW));
    store(
        AuditEvent.builder()
            .at(AT)
            .callId("call-0")
            .phase(AuditPhase.OUTCOME)
            .check("upstream")
            .tool("read_a")
            .decision(AuditDecision.BLOCK));
    store(
        AuditEvent.builder()
            .at(AT)
            .event(AuditEventNames.ADMIN)
            .tool("admin/mint")
            .decision(AuditDecision.ALLOW));
    store(call("pay", AuditDecision.ESCALATE).callId("held").pendingId("p1"));
    store(call("pay", AuditDecision.ALLOW).callId("held").pendingId("p1").check("policy"));
    DryRunReport report = run(audit, request(HEAD));
    assertThat(report.summary()).isEqualTo(new DryRunSummary(2, 0, 2, 0, 0, 1, 0, 0, 0, 0, 1));
    assertThat(report.samples()).extracting(DryRunSample::tool).containsExactly("pay", "read_a");
  }

  @Test
  void B24_the_policy_sees_what_it_saw() {
    store(
        call("pay", AuditDecision.ALLOW)
            .zone("eu")
            .stepUpAt(7)
            .sessionId("s")
            .intentSummary("sum")
            .intentAllowed(List.of("pay"))
            .userSubject("ann")
            .userAttrs(JsonObject.of("team", JsonString.of("x")))
            .argKeys(List.of("amount", "to"))
            .argValues(JsonObject.of("amount", JsonNumber.parse("1e400"))));
    store(call("list", AuditDecision.ALLOW).argKeys(List.of("page")));
    DryRunReport report =
        run(
            audit,
            request(
                HEAD
                    + "decision := {\"allow\": true} if input == {\"tool\": \"pay\","
                    + " \"args\": {\"amount\": 1e400}, \"agent_id\": \"bot\","
                    + " \"session_id\": \"s\", \"intent\": {\"summary\": \"sum\","
                    + " \"allowed_tools\": [\"pay\"]}, \"capability\": {\"subject\": \"bot\","
                    + " \"tenant\": \"acme\", \"zone\": \"eu\", \"step_up_at\": 7},"
                    + " \"user\": {\"subject\": \"ann\", \"attrs\": {\"team\": \"x\"}}}\n"
                    + "decision := {\"allow\": true} if input.args == {\"page\": null}\n"));
    assertThat(report.samples()).isEmpty();
    assertThat(report.summary().allow()).isEqualTo(2);
    assertThat(report.findings())
        .extracting(SafetyFinding::code)
        .containsExactly("allows_everything", "no_change");
    assertThat(report.blocking()).isTrue();
    assertThat(report.warnings()).hasSize(1);
  }

  @Test
  void what_another_check_refused_stays_refused() {
    store(call("a", AuditDecision.BLOCK).check("capability").reason("expired"));
    store(call("a", AuditDecision.BLOCK).check("intent"));
    store(call("a", AuditDecision.BLOCK).check("budget"));
    store(call("a", AuditDecision.BLOCK).check("policy"));
    DryRunReport report =
        run(audit, request("package intentgate.policy\ndecision := {\"allow\": true}"));
    assertThat(report.summary()).isEqualTo(new DryRunSummary(4, 1, 3, 0, 0, 0, 0, 1, 0, 0, 0));
    assertThat(report.findings()).extracting(SafetyFinding::code).containsExactly("mass_allow");
  }

  @Test
  void no_decision_counts_as_an_error_and_is_always_a_sample() {
    store(call("a", AuditDecision.BLOCK).check("policy"));
    DryRunReport report =
        run(
            audit,
            request(
                "package intentgate.policy\n"
                    + "decision := {\"allow\": true} if input.tool == \"a\"\n"
                    + "decision := {\"allow\": false} if input.agent_id == \"bot\"\n"));
    assertThat(report.summary().error()).isEqualTo(1);
    assertThat(report.samples().get(0).candidateError()).contains("eval_conflict_error");
    assertThat(report.findings()).extracting(SafetyFinding::code).contains("policy_error");
  }

  @Test
  void each_sample_is_explained_by_rule_and_row() {
    store(call("pay", AuditDecision.BLOCK).argValues(args(50)));
    store(call("pay", AuditDecision.ALLOW).argValues(args(500)));
    String source =
        HEAD
            + "decision := {\"allow\": true, \"reason\": \"small\"} if {\n"
            + "  input.tool == \"pay\"\n"
            + "  input.args.amount < 100\n"
            + "}\n";
    DryRunRequest request =
        new DryRunRequest(source, "", null, null, 100, 100, "", "", "", true, null);
    List<Explanation> explanations =
        run(audit, request).samples().stream().map(DryRunSample::explanation).toList();
    assertThat(explanations.get(0))
        .isEqualTo(
            new Explanation(
                "default decision",
                2,
                1,
                List.of(new Explanation.Failed(5, 3, "input.args.amount < 100"))));
    assertThat(explanations.get(1)).isEqualTo(new Explanation("decision", 3, 1, List.of()));
  }

  private static JsonObject args(int amount) {
    return JsonObject.of("amount", JsonNumber.of(amount));
  }

  @Test
  void made_up_inputs_are_each_a_sample_and_no_history_is_read() {
    store(call("a", AuditDecision.ALLOW));
    DryRunRequest request =
        new DryRunRequest(
            HEAD + "decision := {\"allow\": true} if input.tool == \"a\"\n",
            "",
            null,
            null,
            10,
            1,
            "",
            "",
            "",
            false,
            List.of(
                JsonObject.of("tool", JsonString.of("a")), JsonObject.of("x", JsonNumber.of(1))));
    DryRunReport report = run(audit, request);
    assertThat(report.samples())
        .extracting(s -> s.inputIndex() + " " + s.tool() + " " + s.candidateDecision())
        .containsExactly("0 a allow", "1  block");
    assertThat(report.tested()).isFalse();
    assertThat(report.summary().evaluated()).isEqualTo(2);
  }

  @Test
  void shares_are_judged_by_the_thresholds() {
    for (int i = 0; i < 20; i++) {
      store(call(i < 2 ? "pay" : "read_a", AuditDecision.ALLOW));
    }
    assertThat(run(audit, request(BuiltInPolicies.defaultSource())).findings())
        .extracting(f -> f.severity() + " " + f.code() + " " + f.detail().split("\\.")[0])
        .containsExactly(
            "warning mass_block 2 of 20 recently-allowed calls (10%) would be denied by this"
                + " policy");
  }

  @Test
  void a_run_whose_thread_is_interrupted_ends() {
    store(call("a", AuditDecision.ALLOW));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(audit, request(HEAD))).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** 100,000 events in ten seconds is the bar; a tenth of both here, on whatever machine. */
  @Test
  void ten_thousand_calls_of_a_file_store_take_a_second_or_so(@TempDir Path folder) {
    int events = Integer.getInteger("intentgate.dryrun.events", 10_000);
    try (AuditStore file = FileAuditStore.builder(folder.resolve("audit.jsonl")).open()) {
      List<CompletionStage<?>> stored = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        stored.add(
            file.append(
                call(i % 2 == 0 ? "transfer_funds" : "read_a", AuditDecision.ALLOW)
                    .argKeys(List.of("amount_eur"))
                    .argValues(JsonObject.of("amount_eur", JsonNumber.of(i)))
                    .build()));
        if (stored.size() == 5_000) {
          stored.forEach(s -> s.toCompletableFuture().join());
          stored.clear();
        }
      }
      stored.forEach(s -> s.toCompletableFuture().join());
      long start = System.nanoTime();
      DryRunRequest request =
          new DryRunRequest(
              BuiltInPolicies.defaultSource(),
              "",
              null,
              null,
              events,
              100,
              "",
              "",
              "",
              false,
              null);
      DryRunReport report = run(file, request);
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.println("dry run: " + events + " events in " + millis + " ms");
      assertThat(report.summary().evaluated()).isEqualTo(events);
      assertThat(report.samples()).hasSizeLessThanOrEqualTo(100);
    }
  }
}
