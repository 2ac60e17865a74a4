package app.intentgate.policy.lifecycle;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.file.FileStateStore;
import app.intentgate.memory.MemoryPolicyStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySyncTest extends PolicyGates {
  @TempDir Path folder;

  @Test
  void B20_promotes_that_race_are_serialised_and_the_last_one_is_in_force() throws Exception {
    Gate gate = gate();
    List<PolicyDraft> drafts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      drafts.add(gate.draft("", "race-" + i));
    }
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (PolicyDraft draft : drafts) {
        Callable<PolicyOutcome> promote =
            () -> {
              start.await();
              return gate.promote("", draft);
            };
        running.add(pool.submit(promote));
      }
      start.countDown();
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    List<PolicyChange> history = gate.service().changes().history("", 100, null).changes();
    assertThat(history).hasSize(6);
    Set<String> below = new HashSet<>();
    history.forEach(change -> below.add(String.valueOf(change.below())));
    assertThat(below).hasSize(6);
    PolicySlot slot = gate.service().changes().slot("");
    String last =
        drafts.stream()
            .filter(d -> d.ref().equals(slot.current()))
            .findFirst()
            .orElseThrow()
            .at()
            .source();
    assertThat(last).contains("\"" + gate.reason("") + "\"");
    assertThat(history.get(0).target()).isEqualTo(slot.current());
  }

  @Test
  void B21_another_gate_follows_and_one_that_does_not_is_named() throws Exception {
    MemoryPolicyStore store = new MemoryPolicyStore(Clock.systemUTC());
    Gate one = gate(store, false, "g1");
    Gate two = gate(store, false, "g2");
    PolicyOutcome outcome = one.promote("", one.draft("", "everywhere"));
    assertThat(outcome.notLoaded()).isSubsetOf("g2");
    until(() -> two.reason("").equals("everywhere"));
    store.beat("silent", Map.of());
    outcome = one.promote("", one.draft("", "again"));
    assertThat(outcome.swapped()).isTrue();
    assertThat(outcome.notLoaded()).contains("silent");
    two.service().close();
    store.leave("silent");
    outcome = one.promote("", one.draft("", "third"));
    assertThat(outcome.notLoaded()).isEmpty();
    Gate three = gate(store, false, "g3");
    assertThat(three.reason("")).isEqualTo("third");
    three.rollback("", "");
    until(() -> one.reason("").equals("again"));
  }

  @Test
  void B21_a_gate_that_heard_of_nothing_still_comes_to_what_is_wanted() throws Exception {
    MemoryPolicyStore store = new MemoryPolicyStore(Clock.systemUTC());
    Gate gate = gate(store, false, "g1");
    PolicyDraft draft = gate.draft("", "restored");
    // As another process would change it: no watcher in this one hears of it.
    PolicyChange change =
        new PolicyChange(
            "c", "", PolicyAction.PROMOTE, draft.ref(), null, "", "x", "", "", draft.createdAt());
    store.restore(PolicySlot.empty("").after(change, null), change);
    until(() -> gate.reason("").equals("restored"));
  }

  @Test
  void B21_a_bad_row_of_one_tenant_refuses_its_calls_and_stops_nobody_else() {
    MemoryPolicyStore store = new MemoryPolicyStore(Clock.systemUTC());
    Gate first = gate(store, false, "g1");
    PolicyDraft good = first.draft("acme", "good");
    first.promote("acme", good);
    RevisionRef tampered = new RevisionRef(good.id(), 1, "0".repeat(64));
    RevisionRef missing = new RevisionRef("00000000000000ff", 1, "0".repeat(64));
    int i = 0;
    for (RevisionRef ref : List.of(tampered, missing)) {
      String tenant = "bad" + i++;
      PolicyChange change =
          new PolicyChange(
              "c", tenant, PolicyAction.PROMOTE, ref, null, "", "x", "", "", good.createdAt());
      store.restore(PolicySlot.empty(tenant).after(change, null), change);
    }
    Gate gate = gate(store, false, "g2");
    assertThat(gate.reason("acme")).isEqualTo("good");
    assertThat(gate.reason("bad0")).isEqualTo("policy: the policy in force could not be loaded");
    assertThat(gate.reason("bad1")).isEqualTo("policy: the policy in force could not be loaded");
    assertThat(gate.reason("other")).isEqualTo("no policy rule matched (default deny)");
    gate.promote("bad0", gate.draft("bad0", "repaired"));
    assertThat(gate.reason("bad0")).isEqualTo("repaired");
  }

  @Test
  void a_shadow_is_evaluated_and_never_decides() throws Exception {
    Gate gate = gate();
    PolicyDraft active = gate.draft("", "active");
    gate.promote("", active);
    PolicyDraft open =
        gate.service()
            .drafts()
            .create(
                "",
                text("package intentgate.policy\ndecision := {\"allow\": true, \"reason\": \"s\"}"),
                "",
                SUPER);
    gate.service().changes().shadow("", PolicyTarget.promote(open.id(), null, ""), SUPER);
    assertThat(gate.policies().forTenant("").sha256()).isEqualTo(active.at().sha256());
    for (int i = 0; i < 5; i++) {
      assertThat(gate.policies().forTenant("").decide(CALL).toCompletableFuture().join().allow())
          .isFalse();
      assertThat(gate.reason("")).isEqualTo("active");
    }
    ShadowLog shadows = gate.service().shadows();
    until(() -> shadows.report("").orElseThrow().compared() == 10);
    ShadowLog.Report report = shadows.report("").orElseThrow();
    assertThat(report.different()).isEqualTo(10);
    ShadowLog.Difference difference = report.differences().get(0);
    assertThat(List.of(difference.tool(), difference.active(), difference.shadow()))
        .containsExactly("pay", "block", "allow");
    gate.promote("", gate.draft("", "next"));
    assertThat(shadows.report("").orElseThrow().compared()).isEqualTo(10);
    gate.service().changes().shadow("", null, SUPER);
    assertThat(shadows.report("")).isEmpty();
    assertThat(gate.reason("")).isEqualTo("next");
  }

  @Test
  void calls_that_run_while_policies_change_are_decided_by_one_of_them() throws Exception {
    Gate gate = gate();
    PolicyDraft one = gate.draft("", "one");
    PolicyDraft two = gate.draft("", "two");
    gate.promote("", one);
    AtomicBoolean stop = new AtomicBoolean();
    Set<String> seen = new HashSet<>();
    Thread caller =
        new Thread(
            () -> {
              while (!stop.get()) {
                seen.add(gate.reason(""));
              }
            });
    caller.start();
    for (int i = 0; i < 20; i++) {
      gate.promote("", i % 2 == 0 ? two : one);
      assertThat(gate.reason("")).isEqualTo(i % 2 == 0 ? "two" : "one");
    }
    stop.set(true);
    caller.join();
    assertThat(seen).isSubsetOf("one", "two");
  }

  @Test
  void after_a_restart_on_the_file_store_the_same_decides() {
    PolicyDraft draft;
    try (FileStateStore state = FileStateStore.open(folder, Clock.systemUTC())) {
      Gate gate = gate(state.policies(), false, "g1");
      draft = gate.draft("acme", "kept");
      gate.promote("acme", draft);
      PolicyDraft proposed = gate.draft("acme", "proposed");
      gate.service()
          .changes()
          .propose("acme", PolicyTarget.promote(proposed.id(), null, ""), "dana", SUPER);
      gate.service().close();
    }
    try (FileStateStore state = FileStateStore.open(folder, Clock.systemUTC())) {
      Gate gate = gate(state.policies(), false, "g2");
      assertThat(gate.reason("acme")).isEqualTo("kept");
      assertThat(gate.service().changes().slot("acme").current()).isEqualTo(draft.ref());
      gate.service().changes().approve("acme", "olga", null, "", OTHER);
      assertThat(gate.reason("acme")).isEqualTo("proposed");
      gate.rollback("acme", "");
      assertThat(gate.reason("acme")).isEqualTo("kept");
      gate.service().close();
    }
  }
}
