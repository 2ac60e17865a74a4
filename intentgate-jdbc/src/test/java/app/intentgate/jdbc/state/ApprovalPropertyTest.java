package app.intentgate.jdbc.state;

import static app.intentgate.jdbc.state.Gates.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.approval.ApprovalTerms.By;
import app.intentgate.approval.ApprovalTerms.Standing;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.memory.MemoryApprovalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that wait, are decided, used and made void at random on any gate, as in memory. */
class ApprovalPropertyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final List<String> TENANTS = List.of("acme", "globex", "\u00e4'");
  private static final List<String> TOOLS = List.of("pay", "Pay", "p\u2028y", "a\u0000\ud800");
  private static final List<ApprovalTerms> TERMS =
      List.of(
          ApprovalTerms.DEFAULT,
          new ApprovalTerms(By.OPERATOR, 2, null),
          new ApprovalTerms(By.USER, 1, null),
          new ApprovalTerms(By.BOTH, 1, null),
          new ApprovalTerms(
              By.OPERATOR, 1, new Standing(3, Duration.ofMinutes(30), List.of("to"))));

  @TempDir Path directory;

  private final Random random = new Random(91);
  private Instant now = START;

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private ApprovalBinding call() {
    return new ApprovalBinding(
        pick(TENANTS),
        "jti",
        random.nextInt(6) == 0 ? "chain-2" : "chain",
        random.nextInt(4) == 0 ? "other" : "agent",
        "maria",
        pick(TOOLS),
        "args-" + random.nextInt(3),
        random.nextBoolean() ? "" : "cover",
        "policy");
  }

  private Approval row(int step) {
    return Approval.pending(
        new ApprovalRequest(
            "row-" + step,
            call(),
            "root",
            random.nextInt(4) == 0 ? null : JsonObject.of("t", JsonString.of("\u0000\ud800")),
            "pay it",
            "above",
            random.nextBoolean(),
            pick(TERMS),
            now,
            now.plusSeconds(20 + random.nextInt(300))));
  }

  private ApprovalDecision vote() {
    boolean yes = random.nextInt(4) > 0;
    return random.nextInt(3) == 0
        ? ApprovalDecision.byUser(yes, "maria", "", now)
        : new ApprovalDecision(yes, "operator:" + random.nextInt(3), "pat", "fine\n", now);
  }

  private @Nullable String some(List<String> all) {
    return random.nextBoolean() ? null : pick(all);
  }

  private static String tenantOf(ApprovalStore model, String id) {
    return get(model.find(id, null)).map(row -> row.binding().tenant()).orElse("acme");
  }

  private void step(ApprovalStore store, ApprovalStore model, int step, List<String> ids) {
    // One of the last, which can still be decided.
    List<String> late = ids.subList(Math.max(0, ids.size() - 6), ids.size());
    String id = late.isEmpty() || random.nextInt(20) == 0 ? "none" : pick(late);
    String tenant = some(TENANTS);
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> {
        Approval row = row(step);
        Approval stands = get(model.enqueue(row));
        assertThat(get(store.enqueue(row))).as("step %d", step).isEqualTo(stands);
        ids.add(stands.id());
      }
      case 3, 4 -> {
        ApprovalDecision vote = vote();
        assertThat(get(store.decide(id, tenant, vote)))
            .as("step %d: %s on %s of <%s>", step, vote, id, tenant)
            .isEqualTo(get(model.decide(id, tenant, vote)));
      }
      case 5, 6 -> {
        String of = tenantOf(model, id);
        assertThat(get(store.use(id, of, now)))
            .as("step %d: use of %s", step, id)
            .isEqualTo(get(model.use(id, of, now)));
      }
      case 7 -> {
        String of = random.nextInt(3) == 0 ? pick(TENANTS) : tenantOf(model, id);
        get(model.makeVoid(id, of, "void " + step, now));
        get(store.makeVoid(id, of, "void " + step, now));
      }
      default -> {
        get(model.expire(now));
        get(store.expire(now));
      }
    }
  }

  private void assertSame(ApprovalStore store, ApprovalStore model, int step) {
    ApprovalBinding call = call();
    assertThat(get(store.findOpen(call, now)))
        .as("step %d: open for %s of <%s>", step, call.argumentsSha256(), call.tenant())
        .isEqualTo(get(model.findOpen(call, now)));
    ApprovalQuery query =
        ApprovalQuery.newest(1 + random.nextInt(12))
            .from(random.nextInt(5))
            .ofTenant(some(TENANTS))
            .forTool(some(TOOLS))
            .ofAgent(some(List.of("agent", "other", "Agent")))
            .withStatus(some(List.of("pending", "approved", "rejected", "timeout", "x")));
    query = random.nextInt(5) == 0 ? query.standing() : query;
    assertThat(store.list(query)).as("step %d: %s", step, query).isEqualTo(model.list(query));
    String tenant = some(TENANTS);
    assertThat(store.waiting(tenant)).as("step %d", step).isEqualTo(model.waiting(tenant));
  }

  @ParameterizedTest
  @EnumSource
  void every_gate_answers_what_one_store_in_memory_would(TestDatabase kind) {
    List<String> ids = new ArrayList<>();
    try (Gates gates = new Gates(kind, directory)) {
      ApprovalStore model = new MemoryApprovalStore();
      for (int step = 0; step < 240; step++) {
        now = now.plusNanos(random.nextInt(8_000_000) * 1_000L);
        step(gates.any(random).approvals(), model, step, ids);
        assertSame(gates.any(random).approvals(), model, step);
      }
      ApprovalStore fresh = gates.fresh().approvals();
      for (String id : ids) {
        assertThat(get(fresh.find(id, null))).isEqualTo(get(model.find(id, null)));
        assertThat(get(fresh.find(id, "initech"))).isEmpty();
      }
      for (String status : List.of("pending", "approved", "rejected", "timeout")) {
        assertThat(model.list(ApprovalQuery.newest(500).withStatus(status)))
            .as("some are %s", status)
            .isNotEmpty();
      }
    }
  }
}
