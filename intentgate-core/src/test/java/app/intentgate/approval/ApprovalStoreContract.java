package app.intentgate.approval;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalTerms.By;
import app.intentgate.approval.ApprovalTerms.Standing;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of approvals must do. */
public abstract class ApprovalStoreContract {
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final ApprovalTerms TWO = new ApprovalTerms(By.OPERATOR, 2, null);

  /** The store under test; the same one within a test. */
  protected abstract ApprovalStore store();

  /** A row for a call of acme's agent. */
  protected static Approval row(String id, String tool) {
    return row(id, tool, "args", "", "policy", ApprovalTerms.DEFAULT);
  }

  /** A row for a call of an agent of some tenant. */
  protected static Approval rowOf(String tenant, String id) {
    return row(tenant, id, "pay " + id, "args", "", "policy", ApprovalTerms.DEFAULT);
  }

  /** At most six wait: a tenant has three of them, and of what it leaves another has half. */
  protected static void assertSharedBySix(ApprovalStore six) {
    for (String id : List.of("a1", "a2", "a3")) {
      await(six.enqueue(rowOf("acme", id)));
    }
    assertThatThrownBy(() -> await(six.enqueue(rowOf("acme", "a4"))))
        .hasCauseInstanceOf(ApprovalsFullException.class)
        .hasMessageContaining("too many calls of this tenant wait for approval");
    await(six.enqueue(rowOf("globex", "g1")));
    assertThatThrownBy(() -> await(six.enqueue(rowOf("acme", "a4"))))
        .hasMessageContaining("the 2 places left are for other tenants");
    await(six.enqueue(rowOf("globex", "g2")));
    assertThat(six.enqueue(rowOf("globex", "g3")).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20));
    await(six.enqueue(rowOf("initech", "i1")));
    assertThatThrownBy(() -> await(six.enqueue(rowOf("hooli", "h1"))))
        .hasMessageContaining("all 6 places for approvals are taken");

    await(six.decide("a1", null, vote(false, "p", 1)));
    await(six.decide("a2", null, vote(true, "p", 1)));
    await(six.enqueue(rowOf("hooli", "h1")));
  }

  /** A row for a call whose arguments have so many characters. */
  protected static Approval rowOf(String tenant, String id, int characters) {
    ApprovalRequest r = rowOf(tenant, id).request();
    return Approval.pending(
        new ApprovalRequest(
            r.id(),
            r.binding(),
            r.rootTokenId(),
            JsonObject.of("text", JsonString.of("x".repeat(characters))),
            r.intentSummary(),
            r.reason(),
            r.requiresStepUp(),
            r.terms(),
            r.createdAt(),
            r.decideBy()));
  }

  /**
   * At most 64,000 wait, which is eight rows of nearly an eighth each: shared as by their number.
   */
  protected static void assertSharedByLength(ApprovalStore store) {
    assertThatThrownBy(() -> await(store.enqueue(rowOf("acme", "a0", 8_001))))
        .hasCauseInstanceOf(ApprovalsFullException.class)
        .hasMessageContaining("too long to be kept");
    for (String id : List.of("a1", "a2", "a3", "a4")) {
      await(store.enqueue(rowOf("acme", id, 7_100)));
    }
    assertThatThrownBy(() -> await(store.enqueue(rowOf("acme", "a5", 7_100))))
        .hasCauseInstanceOf(ApprovalsFullException.class)
        .hasMessageContaining("what is left is for other tenants");
    await(store.enqueue(rowOf("globex", "g1", 7_100)));
    await(store.enqueue(rowOf("globex", "g2", 7_100)));
    await(store.enqueue(rowOf("initech", "i1", 7_100)));
    await(store.enqueue(rowOf("umbrella", "u1", 7_100)));
    assertThatThrownBy(() -> await(store.enqueue(rowOf("hooli", "h1", 7_100))))
        .hasMessageContaining("take all the room");

    await(store.decide("a1", null, vote(false, "p", 1)));
    await(store.enqueue(rowOf("hooli", "h1", 7_100)));
  }

  private static Approval row(
      String id, String tool, String args, String cover, String policy, ApprovalTerms terms) {
    return row("acme", id, tool, args, cover, policy, terms);
  }

  private static Approval row(
      String tenant,
      String id,
      String tool,
      String args,
      String cover,
      String policy,
      ApprovalTerms terms) {
    return Approval.pending(
        new ApprovalRequest(
            id,
            new ApprovalBinding(
                tenant, "jti", "chain", "agent", "maria", tool, args, cover, policy),
            "root",
            JsonObject.of("n", JsonNumber.parse("9007199254740993")),
            "pay it",
            "above the threshold",
            true,
            terms,
            NOW,
            NOW.plusSeconds(300)));
  }

  private static ApprovalDecision vote(boolean yes, String who, long second) {
    return new ApprovalDecision(yes, who, "pat", "fine", NOW.plusSeconds(second));
  }

  private static ApprovalDecision yes() {
    return vote(true, "superadmin", 1);
  }

  protected static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private Approval found(String id) {
    return await(store().find(id, null)).orElseThrow();
  }

  @Test
  void a_row_is_kept_whole() {
    Approval row = row("one", "pay");
    await(store().enqueue(row));
    assertThat(found("one")).isEqualTo(row);
    assertThat(await(store().find("two", null))).isEmpty();
  }

  @Test
  void a_row_whose_arguments_are_deeper_than_a_request_may_be_is_read_back() {
    JsonObject deep = JsonObject.of("n", JsonNumber.parse("1"));
    for (int level = 1; level < 100; level++) {
      deep = JsonObject.of("d", deep);
    }
    ApprovalRequest r = row("one", "pay").request();
    Approval row =
        Approval.pending(
            new ApprovalRequest(
                r.id(),
                r.binding(),
                r.rootTokenId(),
                deep,
                r.intentSummary(),
                r.reason(),
                r.requiresStepUp(),
                r.terms(),
                r.createdAt(),
                r.decideBy()));
    await(store().enqueue(row));
    assertThat(found("one")).isEqualTo(row);
  }

  @Test
  void the_same_call_waits_once() {
    Approval first = await(store().enqueue(row("one", "pay")));
    Approval again = await(store().enqueue(row("two", "pay")));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(await(store().find("two", null))).isEmpty();
  }

  @Test
  void a_row_is_decided_once_and_the_first_decision_stands() {
    await(store().enqueue(row("one", "pay")));
    assertThat(await(store().decide("one", null, yes())))
        .get()
        .satisfies(v -> assertThat(v.counted()).isTrue());
    assertThat(await(store().decide("one", "acme", vote(false, "operator:2", 2))))
        .get()
        .satisfies(v -> assertThat(v.counted()).isFalse())
        .satisfies(v -> assertThat(v.row().status()).isEqualTo(Status.APPROVED))
        .satisfies(v -> assertThat(v.row().decision()).isEqualTo(yes()));
  }

  @Test
  void another_tenant_sees_no_row_to_decide() {
    await(store().enqueue(row("one", "pay")));
    assertThat(await(store().decide("one", "globex", yes()))).isEmpty();
    assertThat(await(store().decide("none", null, yes()))).isEmpty();
    assertThat(found("one").status()).isEqualTo(Status.PENDING);
  }

  @Test
  void another_tenant_neither_finds_nor_uses_nor_voids_a_row() {
    await(store().enqueue(row("one", "pay")));
    await(store().decide("one", "acme", yes()));
    assertThat(await(store().find("one", "acme"))).contains(found("one"));
    for (String other : List.of("globex", "")) {
      assertThat(await(store().find("one", other))).isEmpty();
      assertThat(await(store().use("one", other, NOW.plusSeconds(2)))).isEmpty();
      await(store().makeVoid("one", other, "not theirs", NOW.plusSeconds(5)));
    }
    assertThat(found("one").voidReason()).isNull();
    assertThat(await(store().use("one", "acme", NOW.plusSeconds(2)))).isPresent();
  }

  @Test
  void a_decision_after_the_window_finds_it_timed_out() {
    await(store().enqueue(row("one", "pay")));
    assertThat(await(store().decide("one", null, vote(true, "p", 300))))
        .get()
        .satisfies(v -> assertThat(v.counted()).isFalse())
        .satisfies(v -> assertThat(v.row().status()).isEqualTo(Status.TIMEOUT));
    assertThat(await(store().use("one", "acme", NOW.plusSeconds(300)))).isEmpty();
  }

  @Test
  void two_operators_are_two_and_the_same_one_twice_is_one() {
    await(store().enqueue(row("one", "pay", "args", "", "policy", TWO)));
    assertThat(await(store().decide("one", null, vote(true, "operator:1", 1))))
        .get()
        .satisfies(v -> assertThat(v.counted()).isTrue())
        .satisfies(v -> assertThat(v.row().status()).isEqualTo(Status.PENDING));
    assertThat(await(store().decide("one", null, vote(true, "operator:1", 2))))
        .get()
        .satisfies(v -> assertThat(v.counted()).isFalse());
    assertThat(await(store().use("one", "acme", NOW.plusSeconds(3)))).isEmpty();
    await(store().decide("one", null, vote(true, "operator:2", 3)));
    assertThat(found("one").votes())
        .extracting(ApprovalDecision::principal)
        .containsExactly("operator:1", "operator:2");
    assertThat(await(store().use("one", "acme", NOW.plusSeconds(4)))).isPresent();
  }

  @Test
  void twenty_deciding_at_once_are_one_decision() throws Exception {
    await(store().enqueue(row("one", "pay")));
    int counted = 0;
    for (boolean one :
        atOnce(
            i ->
                await(store().decide("one", null, vote(i % 2 == 0, "op:" + i, 1)))
                    .orElseThrow()
                    .counted())) {
      counted += one ? 1 : 0;
    }
    assertThat(counted).isEqualTo(1);
    assertThat(found("one").votes()).hasSize(1);
  }

  @Test
  void twenty_resumes_at_once_use_an_approval_once() throws Exception {
    await(store().enqueue(row("one", "pay")));
    await(store().decide("one", null, yes()));
    int used = 0;
    for (boolean one :
        atOnce(i -> await(store().use("one", "acme", NOW.plusSeconds(2))).isPresent())) {
      used += one ? 1 : 0;
    }
    assertThat(used).isEqualTo(1);
    assertThat(found("one").usedAt()).isEqualTo(NOW.plusSeconds(2));
  }

  private interface Try {
    boolean run(int i) throws Exception;
  }

  private static List<Boolean> atOnce(Try what) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int n = i;
        tries.add(() -> what.run(n));
      }
      List<Boolean> out = new ArrayList<>();
      for (Future<Boolean> f : pool.invokeAll(tries)) {
        out.add(f.get());
      }
      return out;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void an_approval_is_used_in_its_time_and_undecided_rows_never() {
    await(store().enqueue(row("one", "a")));
    await(store().enqueue(row("two", "b")));
    await(store().decide("one", null, yes()));
    Instant end = NOW.plusSeconds(1).plus(Approval.USABLE_FOR);
    assertThat(await(store().use("one", "acme", end))).isEmpty();
    assertThat(await(store().use("two", "acme", NOW))).isEmpty();
    assertThat(await(store().use("one", "acme", end.minusMillis(1)))).isPresent();
  }

  @Test
  void a_standing_grant_is_used_as_often_as_it_says() {
    Standing three = new Standing(3, Duration.ofHours(1), List.of("to"));
    ApprovalTerms terms = new ApprovalTerms(By.OPERATOR, 1, three);
    await(store().enqueue(row("one", "pay", "args", "cover", "policy", terms)));
    ApprovalBinding other = row("x", "pay", "other", "cover", "policy", terms).binding();
    ApprovalBinding elsewhere = row("x", "pay", "other", "another", "policy", terms).binding();
    assertThat(await(store().findOpen(other, NOW))).as("not while it waits").isEmpty();
    await(store().decide("one", null, yes()));
    assertThat(await(store().findOpen(elsewhere, NOW.plusSeconds(2)))).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(await(store().findOpen(other, NOW.plusSeconds(2)))).isPresent();
      assertThat(await(store().use("one", "acme", NOW.plusSeconds(1800)))).isPresent();
    }
    assertThat(await(store().use("one", "acme", NOW.plusSeconds(1800)))).isEmpty();
    assertThat(await(store().findOpen(other, NOW.plusSeconds(2)))).isEmpty();
  }

  @Test
  void a_call_meets_its_own_row_an_approved_one_first_and_under_any_policy() {
    await(store().enqueue(row("one", "pay")));
    ApprovalBinding call = row("x", "pay").binding();
    assertThat(await(store().findOpen(call, NOW))).get().extracting(Approval::id).isEqualTo("one");
    ApprovalBinding newer =
        row("x", "pay", "args", "", "newer policy", ApprovalTerms.DEFAULT).binding();
    assertThat(await(store().findOpen(newer, NOW))).get().extracting(Approval::id).isEqualTo("one");
    await(store().decide("one", null, yes()));
    await(store().enqueue(row("two", "pay", "args", "", "newer policy", ApprovalTerms.DEFAULT)));
    assertThat(await(store().findOpen(call, NOW.plusSeconds(2))))
        .get()
        .extracting(Approval::id)
        .isEqualTo("one");
    assertThat(await(store().findOpen(row("x", "drop").binding(), NOW))).isEmpty();
    assertThat(await(store().findOpen(call, NOW.plusSeconds(2000)))).as("too late").isEmpty();
  }

  @Test
  void of_its_own_row_and_of_grants_that_cover_it_a_call_meets_the_newest_approved_one() {
    Standing three = new Standing(3, Duration.ofHours(1), List.of("to"));
    ApprovalTerms grant = new ApprovalTerms(By.OPERATOR, 1, three);
    ApprovalBinding call = row("x", "pay", "args", "cover", "policy", grant).binding();
    approve(row("older grant", "pay", "other", "cover", "policy", grant));
    approve(row("own", "pay", "args", "", "older policy", ApprovalTerms.DEFAULT));
    assertThat(await(store().findOpen(call, NOW.plusSeconds(2)))).contains(found("own"));

    approve(row("newer grant", "pay", "third", "cover", "policy", grant));
    assertThat(await(store().findOpen(call, NOW.plusSeconds(2)))).contains(found("newer grant"));
  }

  private void approve(Approval row) {
    await(store().enqueue(row));
    await(store().decide(row.id(), null, yes()));
  }

  @Test
  void a_call_that_was_rejected_meets_its_row_and_asks_nobody_again_for_a_while() {
    await(store().enqueue(row("one", "pay")));
    await(store().decide("one", null, vote(false, "operator:1", 1)));
    ApprovalBinding call = row("x", "pay").binding();
    assertThat(await(store().findOpen(call, NOW.plusSeconds(2)))).contains(found("one"));
    Instant over = found("one").expiresAt();
    assertThat(await(store().findOpen(call, over.minusSeconds(1)))).isPresent();
    assertThat(await(store().findOpen(call, over))).isEmpty();
  }

  @Test
  void a_void_row_is_neither_met_nor_used_and_keeps_its_first_reason() {
    await(store().enqueue(row("one", "pay")));
    await(store().decide("one", null, yes()));
    await(store().makeVoid("one", "acme", "policy changed", NOW.plusSeconds(5)));
    await(store().makeVoid("one", "acme", "again", NOW.plusSeconds(5)));
    await(store().makeVoid("none", "acme", "not there", NOW.plusSeconds(5)));
    assertThat(await(store().findOpen(row("x", "pay").binding(), NOW))).isEmpty();
    assertThat(await(store().use("one", "acme", NOW.plusSeconds(2)))).isEmpty();
    assertThat(found("one").voidReason()).isEqualTo("policy changed");
    assertThat(found("one").changedAt()).isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  void rows_nobody_decides_expire() {
    await(store().enqueue(row("one", "a")));
    await(store().enqueue(row("two", "b")));
    await(store().decide("two", null, yes()));
    await(store().expire(NOW.plusSeconds(299)));
    assertThat(found("one").status()).isEqualTo(Status.PENDING);
    await(store().expire(NOW.plusSeconds(300)));
    assertThat(found("one").status()).isEqualTo(Status.TIMEOUT);
    assertThat(found("two").status()).isEqualTo(Status.APPROVED);
  }

  @Test
  void rows_are_listed_newest_first_by_tenant_status_tool_and_agent() {
    await(store().enqueue(row("one", "a")));
    await(store().enqueue(row("two", "b")));
    await(store().decide("one", null, yes()));
    ApprovalQuery all = ApprovalQuery.newest(10);
    assertThat(store().list(all.ofTenant("acme")))
        .extracting(Approval::id)
        .containsExactly("two", "one");
    assertThat(store().list(all.withStatus("pending")))
        .extracting(Approval::id)
        .containsExactly("two");
    assertThat(store().list(all.withStatus("nonsense"))).isEmpty();
    assertThat(store().list(all.forTool("a"))).extracting(Approval::id).containsExactly("one");
    assertThat(store().list(all.ofAgent("agent"))).hasSize(2);
    assertThat(store().list(all.ofAgent("other"))).isEmpty();
    assertThat(store().list(all.standing())).isEmpty();
    assertThat(store().list(all.ofTenant("globex"))).isEmpty();
    assertThat(store().list(ApprovalQuery.newest(1).from(1)))
        .extracting(Approval::id)
        .containsExactly("one");
  }

  @Test
  void what_is_pending_is_counted_by_tenant() {
    await(store().enqueue(row("one", "a")));
    await(store().enqueue(row("two", "b")));
    await(store().enqueue(rowOf("globex", "three")));
    await(store().decide("two", null, yes()));

    assertThat(store().waiting(null)).isEqualTo(2);
    assertThat(store().waiting("acme")).isEqualTo(1);
    assertThat(store().waiting("globex")).isEqualTo(1);
    assertThat(store().waiting("initech")).isZero();
  }

  @Test
  void a_listener_hears_of_every_change() throws InterruptedException {
    List<String> heard = new CopyOnWriteArrayList<>();
    store()
        .watch(
            new ApprovalListener() {
              @Override
              public void changed(Approval row) {
                heard.add(
                    row.id() + " " + row.status() + " " + row.uses() + " " + row.voidReason());
              }

              @Override
              public void missed() {
                heard.add("missed");
              }
            });
    await(store().enqueue(row("one", "a")));
    await(store().enqueue(row("two", "b")));
    await(store().decide("one", null, yes()));
    await(store().use("one", "acme", NOW.plusSeconds(2)));
    await(store().makeVoid("one", "acme", "over", NOW.plusSeconds(5)));
    await(store().expire(NOW.plusSeconds(300)));
    List<String> expected =
        List.of(
            "one PENDING 0 null",
            "two PENDING 0 null",
            "one APPROVED 0 null",
            "one APPROVED 1 null",
            "one APPROVED 1 over",
            "two TIMEOUT 0 null");
    until(() -> heard.containsAll(List.of(expected.get(4), expected.get(5))));
    // A store may tell the newest state of a row twice, or skip one that passed meanwhile.
    assertThat(heard).isSubsetOf(expected);
  }
}
