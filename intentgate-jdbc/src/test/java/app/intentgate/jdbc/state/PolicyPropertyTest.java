package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.json.JsonArray;
import app.intentgate.memory.MemoryPolicyStore;
import app.intentgate.policy.lifecycle.PolicyAction;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyHistory;
import app.intentgate.policy.lifecycle.PolicyProposal;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.policy.lifecycle.RevisionRef;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random drafts, revisions, promotions and deletions on any gate, against the store in memory. */
class PolicyPropertyTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000006Z");
  private static final List<String> TENANTS = List.of("", "acme", "globex");

  @TempDir Path directory;

  private final Random random = new Random(77);

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static String id(int number) {
    return "%016x".formatted(0xaaL + number);
  }

  private static PolicyRevision revision(String draft, int number, int step) {
    return new PolicyRevision(
        draft,
        number,
        "name " + number,
        "about\u0000\ud800 \ud83d\ude00",
        "package a # " + step,
        "%064x".formatted(step),
        "",
        false,
        JsonArray.of(),
        null,
        "superadmin",
        AT.plusSeconds(step));
  }

  private static PolicyChange change(PolicySlot before, @Nullable RevisionRef target, int step) {
    return new PolicyChange(
        "change-" + step,
        before.tenant(),
        PolicyAction.PROMOTE,
        target,
        before.changeId(),
        "pat",
        "superadmin",
        "",
        "",
        AT.plusSeconds(step));
  }

  private static boolean isCreated(PolicyStore store, PolicyDraft draft) {
    try {
      store.create(draft);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static List<PolicyChange> history(PolicyStore store, String tenant, int page) {
    List<PolicyChange> all = new ArrayList<>();
    String cursor = null;
    do {
      PolicyHistory next = store.history(tenant, page, cursor);
      assertThat(next.changes()).hasSizeLessThanOrEqualTo(page);
      all.addAll(next.changes());
      cursor = next.nextCursor();
    } while (cursor != null);
    return all;
  }

  /** A change of a slot as an operator's tool would make it, at times from an outdated view. */
  private void promote(Gates gates, PolicyStore model, int step) {
    String tenant = pick(TENANTS);
    PolicySlot before = model.slot(tenant);
    PolicyDraft draft = model.draft(id(random.nextInt(12)), null).orElse(null);
    RevisionRef target = draft == null ? null : draft.ref();
    PolicySlot next;
    PolicyChange change = null;
    if (target != null && random.nextInt(4) == 0) {
      next =
          before.withProposal(
              new PolicyProposal(PolicyAction.PROMOTE, target, null, "pat", "superadmin", AT));
    } else {
      change = change(before, target, step);
      next = before.after(change, before.current());
    }
    if (random.nextInt(6) == 0) {
      next = next.withProposal(null);
    }
    String needed = target == null ? null : target.draftId();
    boolean done = model.put(next, change, needed);
    assertThat(gates.any(random).policies().put(next, change, needed))
        .as("step %d: %s after %s", step, next, before)
        .isEqualTo(done);
  }

  @ParameterizedTest
  @EnumSource
  void every_gate_has_the_policies_that_one_store_in_memory_would(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      PolicyStore model = new MemoryPolicyStore(Clock.systemUTC());
      // Of these a store may keep what it likes.
      Set<String> deleted = new HashSet<>();
      for (int step = 0; step < 200; step++) {
        PolicyStore store = gates.any(random).policies();
        String tenant = pick(TENANTS);
        String id = id(random.nextInt(12));
        switch (deleted.contains(id) ? 3 : random.nextInt(5)) {
          case 0 -> {
            PolicyDraft draft = new PolicyDraft(id, tenant, "dana", AT, revision(id, 1, step));
            boolean made = isCreated(model, draft);
            assertThat(isCreated(store, draft)).as("step %d: create", step).isEqualTo(made);
          }
          case 1 -> {
            int latest = model.draft(id, tenant).map(d -> d.at().number()).orElse(1);
            PolicyRevision next = revision(id, latest + random.nextInt(3), step);
            boolean done = model.revise(next, tenant);
            assertThat(store.revise(next, tenant)).as("step %d: revise", step).isEqualTo(done);
          }
          case 2 -> {
            if (random.nextInt(3) == 0) {
              PolicyStore.Deletion done = model.delete(id, tenant);
              assertThat(store.delete(id, tenant)).as("step %d: delete", step).isEqualTo(done);
              if (done == PolicyStore.Deletion.DELETED) {
                deleted.add(id);
              }
            }
          }
          default -> promote(gates, model, step);
        }
        PolicyStore other = gates.any(random).policies();
        int limit = 1 + random.nextInt(5);
        int offset = random.nextInt(4);
        String whose = random.nextBoolean() ? null : tenant;
        assertThat(other.drafts(whose, limit, offset))
            .as("step %d: %d drafts of <%s> after %d", step, limit, whose, offset)
            .isEqualTo(model.drafts(whose, limit, offset));
        assertThat(other.slot(tenant)).as("step %d", step).isEqualTo(model.slot(tenant));
        assertThat(other.draft(id, whose)).isEqualTo(model.draft(id, whose));
        int number = 1 + random.nextInt(4);
        if (!deleted.contains(id)) {
          assertThat(other.draftAt(id, number, whose)).isEqualTo(model.draftAt(id, number, whose));
        }
      }
      PolicyStore fresh = gates.fresh().policies();
      assertThat(Set.copyOf(fresh.slots())).isEqualTo(Set.copyOf(model.slots()));
      int changes = 0;
      for (String tenant : TENANTS) {
        List<PolicyChange> expected = history(model, tenant, 100);
        changes += expected.size();
        for (int page : new int[] {1, 3, 100}) {
          assertThat(history(fresh, tenant, page)).isEqualTo(expected);
        }
        for (PolicyChange change : expected) {
          assertThat(fresh.change(tenant, change.id())).contains(change);
          assertThat(fresh.change(tenant + "x", change.id())).isEmpty();
        }
      }
      assertThat(changes).as("there is a history").isGreaterThan(20);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_many_who_promote_over_one_another_each_stands_on_the_one_before(TestDatabase kind)
      throws Exception {
    // A file has one that writes; the others wait for it, and not for long.
    int clients = kind == TestDatabase.SQLITE ? 2 : 4;
    int each = 8;
    AtomicInteger done = new AtomicInteger();
    try (Gates gates = new Gates(kind, directory)) {
      String id = id(0);
      gates.all().get(0).policies().create(new PolicyDraft(id, "", "dana", AT, revision(id, 1, 0)));
      Clients.run(
          clients,
          client -> {
            PolicyStore store = gates.all().get(client % gates.all().size()).policies();
            for (int i = 0; i < each; ) {
              PolicySlot before = store.slot("acme");
              PolicyChange change =
                  change(before, new RevisionRef(id, 1, "%064x".formatted(0)), client * 100 + i);
              if (store.put(before.after(change, before.current()), change, id)) {
                done.incrementAndGet();
                i++;
              }
            }
          });
      PolicyStore store = gates.all().get(0).policies();
      assertThat(done).hasValue(clients * each);
      assertThat(store.slot("acme").version()).isEqualTo(clients * each);
      List<PolicyChange> history = history(store, "acme", 7);
      assertThat(history).hasSize(clients * each).doesNotHaveDuplicates();
      for (int i = 0; i < history.size(); i++) {
        String below = i + 1 < history.size() ? history.get(i + 1).id() : null;
        assertThat(history.get(i).below()).as("what change %d replaced", i).isEqualTo(below);
      }
      assertThat(store.slot("acme").changeId()).isEqualTo(history.get(0).id());
    }
  }

  @Test
  void a_cursor_that_is_none_of_the_history_is_refused() {
    try (Gates gates = new Gates(TestDatabase.SQLITE, directory)) {
      PolicyStore store = gates.all().get(0).policies();
      for (String cursor : List.of("", "0", "-1", "x", "1 ", "9223372036854775808", "1;--")) {
        assertThatIllegalArgumentException()
            .as("<%s>", cursor)
            .isThrownBy(() -> store.history("acme", 5, cursor));
      }
    }
  }
}
