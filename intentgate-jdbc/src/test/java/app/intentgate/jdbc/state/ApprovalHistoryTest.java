package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalModel;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.approval.Vote;
import app.intentgate.jdbc.history.History;
import app.intentgate.jdbc.history.Linearization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Approvals of two gates on one PostgreSQL: what clients of both are told at once can always be
 * explained by one vote, use or look after another on one row.
 */
class ApprovalHistoryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CLIENTS = 6;
  private static final int OPERATORS = 2;

  private final History<ApprovalModel> history = new History<>();

  private static Approval row(String id) {
    return Approval.pending(
        new ApprovalRequest(
            id,
            new ApprovalBinding("acme", "jti", "chain", "agent", "maria", id, "args", "", "policy"),
            "root",
            null,
            "pay it",
            "above the threshold",
            false,
            new ApprovalTerms(ApprovalTerms.By.OPERATOR, OPERATORS, null),
            NOW,
            NOW.plusSeconds(300)));
  }

  @Test
  void an_operator_who_votes_on_both_gates_at_once_has_one_vote() {
    try (TwoGates gates = new TwoGates()) {
      for (int i = 0; i < 20; i++) {
        String id = "twice-" + i;
        await(gates.a.approvals().enqueue(row(id)));
        List<CompletionStage<Optional<Vote>>> votes = new ArrayList<>();
        for (SqlState gate : List.of(gates.a, gates.b, gates.a, gates.b)) {
          ApprovalDecision vote =
              new ApprovalDecision(true, "operator:1", "", "", NOW.plusSeconds(1));
          votes.add(gate.approvals().decide(id, "acme", vote));
        }
        assertThat(votes.stream().filter(vote -> await(vote).orElseThrow().counted())).hasSize(1);
        Approval stands = await(gates.b.approvals().find(id, "acme")).orElseThrow();
        assertThat(stands.votes()).hasSize(1);
        assertThat(stands.status()).isEqualTo(Approval.Status.PENDING);
      }
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** What a client may do to a row: mostly votes and uses, now and then the end of it. */
  private void somethingTo(String id, ApprovalStore store, Random random) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        String who = "operator:" + random.nextInt(3);
        boolean yes = random.nextInt(6) > 0;
        ApprovalDecision vote = new ApprovalDecision(yes, who, "", "", NOW.plusSeconds(1));
        history.run(
            id,
            who + (yes ? " agrees" : " refuses"),
            row -> row.vote(who, yes),
            () -> ApprovalModel.words(await(store.decide(id, "acme", vote)).orElse(null)));
      }
      case 3, 4, 5 ->
          history.run(
              id,
              "use",
              ApprovalModel::use,
              () ->
                  ApprovalModel.useWords(
                      await(store.use(id, "acme", NOW.plusSeconds(2))).isPresent()));
      case 6 ->
          history.run(
              id,
              "find",
              ApprovalModel::find,
              () -> ApprovalModel.words(await(store.find(id, null)).orElse(null)));
      default -> {
        if (random.nextInt(4) == 0) {
          history.run(
              id,
              "make void",
              ApprovalModel::makeVoid,
              () -> {
                await(store.makeVoid(id, "acme", "the policy changed", NOW));
                return "done";
              });
        }
      }
    }
  }

  private static List<String> enqueue(ApprovalStore store, int rows) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      ids.add(await(store.enqueue(row("row-" + i))).id());
    }
    return ids;
  }

  private static ApprovalStore store(TwoGates gates, int client) {
    return (client % 2 == 0 ? gates.a : gates.b).approvals();
  }

  @Test
  void votes_and_uses_on_two_gates_happen_as_if_one_after_another() throws Exception {
    try (TwoGates gates = new TwoGates()) {
      List<String> ids = enqueue(gates.a.approvals(), 30);
      Clients.run(
          CLIENTS,
          client -> {
            Random random = new Random(client);
            for (String id : ids) {
              for (int i = 0; i < 6; i++) {
                somethingTo(id, store(gates, client), random);
              }
            }
          });
    }
    assertThat(history.byObject().values())
        .allSatisfy(row -> assertThat(row).allMatch(o -> o.answered()));
    assertThat(Linearization.violation(ApprovalModel.waiting(OPERATORS), history)).isEmpty();
  }

  @Test
  void an_answer_lost_with_its_session_happened_once_or_never() throws Exception {
    AtomicInteger rowsDone = new AtomicInteger();
    try (TwoGates gates = new TwoGates()) {
      List<String> ids = enqueue(gates.a.approvals(), 30);
      Clients.run(
          CLIENTS,
          client -> {
            Random random = new Random(100 + client);
            for (String id : ids) {
              for (int i = 0; i < 6; i++) {
                somethingTo(id, store(gates, client), random);
              }
              if (rowsDone.incrementAndGet() % 40 == 0) {
                gates.cutSessions();
              }
            }
          });
    }
    assertThat(history.answered()).as("most are answered all the same").isGreaterThan(300);
    assertThat(Linearization.violation(ApprovalModel.waiting(OPERATORS), history)).isEmpty();
  }
}
