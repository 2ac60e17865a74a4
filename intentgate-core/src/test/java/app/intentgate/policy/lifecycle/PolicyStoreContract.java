package app.intentgate.policy.lifecycle;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.policy.lifecycle.PolicyStore.Deletion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every policy store does. A subclass opens the store it is about, empty for each test. */
public abstract class PolicyStoreContract {
  /** Whole microseconds, as every store keeps them. */
  protected static final Instant AT = Instant.parse("2026-01-02T03:04:05.000006Z");

  protected PolicyStore store;

  /** An empty store. */
  protected abstract PolicyStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  protected static PolicyRevision revision(String draft, int number, String source) {
    return new PolicyRevision(
        draft,
        number,
        "name " + number,
        "about\u0000 \ud83d\ude00",
        source,
        "%064x".formatted(source.hashCode() & 0xffffffffL),
        number > 1 ? "tests" : "",
        number > 1,
        JsonArray.of(JsonObject.of("code", JsonString.of("unreachable"))),
        number > 1 ? JsonObject.of("passed", JsonString.of("3")) : null,
        "superadmin",
        AT.plusSeconds(number));
  }

  protected static PolicyDraft draft(String id, String tenant) {
    return new PolicyDraft(id, tenant, "dana", AT, revision(id, 1, "source of " + id));
  }

  protected static PolicyChange change(String id, String tenant, RevisionRef target, String below) {
    return new PolicyChange(
        id, tenant, PolicyAction.PROMOTE, target, below, "pat", "superadmin", "olga", "op:1", AT);
  }

  /** Promotes a draft that its slot has not. */
  protected PolicySlot promote(String tenant, String changeId, PolicyDraft draft) {
    PolicySlot before = store.slot(tenant);
    PolicyChange change = change(changeId, tenant, draft.ref(), before.changeId());
    PolicySlot next = before.after(change, before.current());
    assertThat(store.put(next, change, draft.id())).isTrue();
    return next;
  }

  @Test
  void a_draft_is_kept_as_it_was_given() {
    PolicyDraft draft = draft("00000000000000aa", "acme");
    store.create(draft);
    assertThat(store.draft(draft.id(), null)).contains(draft);
    assertThat(store.draftAt(draft.id(), 1, null)).contains(draft);
    assertThat(store.draftAt(draft.id(), 2, null)).isEmpty();
    assertThat(store.draft("00000000000000ab", null)).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> store.create(draft));
  }

  @Test
  void B19_a_revision_never_changes_and_the_next_one_needs_the_one_before() {
    PolicyDraft draft = draft("00000000000000aa", "");
    store.create(draft);
    PolicyRevision second = revision(draft.id(), 2, "other");
    assertThat(store.revise(second, "")).isTrue();
    assertThat(store.revise(revision(draft.id(), 2, "late"), "")).isFalse();
    assertThat(store.revise(revision(draft.id(), 4, "early"), "")).isFalse();
    assertThat(store.revise(revision("00000000000000ff", 2, "nobody's"), "")).isFalse();
    assertThat(store.draft(draft.id(), null)).contains(draft.at(second));
    assertThat(store.draftAt(draft.id(), 1, null)).contains(draft);
  }

  @Test
  void drafts_are_listed_the_one_saved_last_first() {
    for (String id : List.of("00000000000000a1", "00000000000000a2", "00000000000000a3")) {
      store.create(draft(id, id.endsWith("2") ? "acme" : ""));
    }
    store.revise(revision("00000000000000a1", 2, "changed"), "");
    assertThat(ids(store.drafts(null, 10, 0)))
        .containsExactly("00000000000000a1", "00000000000000a3", "00000000000000a2");
    assertThat(ids(store.drafts(null, 1, 1))).containsExactly("00000000000000a3");
    assertThat(ids(store.drafts("acme", 10, 0))).containsExactly("00000000000000a2");
    assertThat(ids(store.drafts("", 10, 0)))
        .containsExactly("00000000000000a1", "00000000000000a3");
    assertThat(store.drafts(null, 10, 3)).isEmpty();
  }

  @Test
  void another_tenant_neither_finds_nor_changes_nor_needs_a_draft() {
    PolicyDraft theirs = draft("00000000000000a1", "acme");
    PolicyDraft shared = draft("00000000000000a2", "");
    List.of(theirs, shared).forEach(store::create);
    assertThat(store.draft(theirs.id(), "acme")).contains(theirs);
    assertThat(store.draftAt(theirs.id(), 1, "acme")).contains(theirs);
    assertThat(store.draft(theirs.id(), null)).contains(theirs);
    for (String other : List.of("globex", "")) {
      assertThat(store.draft(theirs.id(), other)).isEmpty();
      assertThat(store.draftAt(theirs.id(), 1, other)).isEmpty();
      assertThat(store.referredTo(other, theirs.ref())).isEmpty();
      assertThat(store.referredTo(other, shared.ref())).contains(shared);
      assertThat(store.revise(revision(theirs.id(), 2, "mine now"), other)).isFalse();
      assertThat(store.delete(theirs.id(), other)).isEqualTo(Deletion.UNKNOWN);
      PolicyChange change = change("c1", other, theirs.ref(), null);
      PolicySlot next = store.slot(other).after(change, null);
      assertThat(store.put(next, change, theirs.id())).isFalse();
    }
    assertThat(store.draft(shared.id(), "acme")).isEmpty();
    assertThat(store.referredTo("acme", shared.ref())).contains(shared);
    assertThat(store.referredTo("acme", theirs.ref())).contains(theirs);
    assertThat(store.delete(theirs.id(), "acme")).isEqualTo(Deletion.DELETED);
  }

  private static List<String> ids(List<PolicyDraft> drafts) {
    return drafts.stream().map(PolicyDraft::id).toList();
  }

  @Test
  void a_slot_is_replaced_by_its_next_version_alone() {
    assertThat(store.slot("acme")).isEqualTo(PolicySlot.empty("acme"));
    assertThat(store.slots()).isEmpty();
    PolicyDraft draft = draft("00000000000000aa", "acme");
    store.create(draft);
    PolicySlot first = promote("acme", "c1", draft);
    assertThat(store.slot("acme")).isEqualTo(first);
    assertThat(store.slots()).containsExactly(first);
    PolicyChange again = change("c2", "acme", draft.ref(), null);
    assertThat(store.put(PolicySlot.empty("acme").after(again, null), again, null)).isFalse();
    assertThat(store.change("acme", "c2")).isEmpty();
    PolicyProposal proposal =
        new PolicyProposal(PolicyAction.ROLLBACK, null, "c1", "dana", "tenant-admin:acme", AT);
    PolicyShadow shadow = new PolicyShadow(draft.ref(), "superadmin", AT);
    PolicySlot full = first.withProposal(proposal);
    assertThat(store.put(full, null, null)).isTrue();
    PolicySlot shadowed = full.withShadow(shadow);
    assertThat(store.put(shadowed, null, null)).isTrue();
    assertThat(store.slot("acme")).isEqualTo(shadowed);
    assertThat(store.slot("")).isEqualTo(PolicySlot.empty(""));
  }

  @Test
  void B20_history_is_kept_newest_first_and_paged() {
    PolicyDraft draft = draft("00000000000000aa", "");
    store.create(draft);
    for (int i = 1; i <= 5; i++) {
      promote("", "c" + i, draft);
    }
    promote("acme", "a1", draft);
    assertThat(store.change("", "c2"))
        .contains(change("c2", "", draft.ref(), "c1"))
        .isEqualTo(store.history("", 10, null).changes().stream().skip(3).findFirst());
    assertThat(store.change("acme", "c2")).isEmpty();
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      PolicyHistory page = store.history("", 2, cursor);
      assertThat(page.changes()).hasSizeLessThanOrEqualTo(2);
      page.changes().forEach(c -> seen.add(c.id()));
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(seen).containsExactly("c5", "c4", "c3", "c2", "c1");
    assertThatIllegalArgumentException().isThrownBy(() -> store.history("", 2, "no cursor"));
    assertThat(store.history("globex", 2, null)).isEqualTo(new PolicyHistory(List.of(), null));
  }

  @Test
  void B20_what_a_slot_refers_to_cannot_be_deleted() {
    PolicyDraft first = draft("00000000000000a1", "");
    PolicyDraft second = draft("00000000000000a2", "");
    PolicyDraft third = draft("00000000000000a3", "");
    List.of(first, second, third).forEach(store::create);
    promote("", "c0", third);
    promote("", "c1", first);
    PolicySlot slot = promote("", "c2", second);
    PolicyProposal proposal =
        new PolicyProposal(PolicyAction.PROMOTE, third.ref(), null, "dana", "superadmin", AT);
    store.put(slot.withProposal(proposal), null, third.id());
    for (PolicyDraft draft : List.of(first, second, third)) {
      assertThat(store.delete(draft.id(), draft.tenant())).isEqualTo(Deletion.IN_USE);
    }
    store.put(store.slot("").withProposal(null), null, null);
    assertThat(store.delete(third.id(), third.tenant())).isEqualTo(Deletion.DELETED);
    assertThat(store.delete(third.id(), third.tenant())).isEqualTo(Deletion.UNKNOWN);
    assertThat(store.draft(third.id(), null)).isEmpty();
    assertThat(store.draftAt(third.id(), 1, null)).as("history keeps it").contains(third);
    assertThat(ids(store.drafts(null, 10, 0))).containsExactly(second.id(), first.id());
    assertThat(store.revise(revision(third.id(), 2, "too late"), "")).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> store.create(third));
  }

  @Test
  void a_slot_cannot_come_to_need_a_draft_that_is_deleted() {
    PolicyDraft draft = draft("00000000000000aa", "");
    store.create(draft);
    store.delete(draft.id(), draft.tenant());
    PolicyChange change = change("c1", "", draft.ref(), null);
    PolicySlot next = store.slot("").after(change, null);
    assertThat(store.put(next, change, draft.id())).isFalse();
    assertThat(store.slot("").version()).isZero();
    assertThat(store.put(next, change, null)).isTrue();
  }

  @Test
  void watchers_are_told_whose_slot_changed() throws Exception {
    ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    PolicyStore.Watch watch = store.watch(told::add);
    PolicyDraft draft = draft("00000000000000aa", "");
    store.create(draft);
    promote("acme", "c1", draft);
    until(() -> told.contains("acme"));
    watch.close();
    told.clear();
    promote("globex", "g1", draft);
    assertThat(told).isEmpty();
  }

  @Test
  void of_many_that_change_a_slot_at_once_each_follows_another() throws Exception {
    PolicyDraft draft = draft("00000000000000aa", "");
    store.create(draft);
    int threads = 4;
    int each = 10;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String name = "t" + t + "-";
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < each; i++) {
                    putUntilDone(name + i, draft);
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(store.slot("").version()).isEqualTo(threads * each);
    List<PolicyChange> history = store.history("", 1000, null).changes();
    assertThat(history).hasSize(threads * each);
    for (int i = 0; i + 1 < history.size(); i++) {
      assertThat(history.get(i).below()).isEqualTo(history.get(i + 1).id());
    }
  }

  private void putUntilDone(String id, PolicyDraft draft) {
    while (true) {
      PolicySlot before = store.slot("");
      PolicyChange change = change(id, "", draft.ref(), before.changeId());
      if (store.put(before.after(change, before.current()), change, draft.id())) {
        return;
      }
    }
  }

  @Test
  void gates_that_live_say_what_they_have_loaded() {
    Duration minute = Duration.ofMinutes(1);
    store.beat("g1", Map.of("acme", 3L));
    store.beat("g2", Map.of());
    store.beat("g1", Map.of("", 1L));
    assertThat(store.gates("acme", minute))
        .containsExactlyInAnyOrder(new GateState("g1", 3), new GateState("g2", 0));
    assertThat(store.gates("", minute))
        .containsExactlyInAnyOrder(new GateState("g1", 1), new GateState("g2", 0));
    store.beat("g1", Map.of("acme", 4L));
    store.leave("g2");
    assertThat(store.gates("acme", minute)).containsExactly(new GateState("g1", 4));
  }
}
