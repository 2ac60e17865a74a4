package app.intentgate.opencall;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of open calls must do. */
public abstract class OpenCallStoreContract {
  /** A time all calls of the contract are counted from. */
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

  private static final OpenCall.Session SESSION = new OpenCall.Session("acme", "chain", "one");

  /** The store under test; the same one within a test. */
  protected abstract OpenCallStore store();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** A call that is open since so many seconds after that time. */
  protected static OpenCall call(OpenCall.Session session, String rpcId, String id, int second) {
    Instant since = NOW.plusSeconds(second);
    AuditEvent event =
        AuditEvent.builder()
            .at(since)
            .phase(AuditPhase.OUTCOME)
            .decision(AuditDecision.ALLOW)
            .check("upstream")
            .tenant(session.tenant())
            .callId(id)
            .tool("Zoë 日本\u0000<x>")
            .build();
    return new OpenCall(new OpenCall.Key(session, rpcId), id, "tool", event, since);
  }

  @Test
  void a_call_is_taken_as_it_was_kept_and_once() {
    OpenCall number = call(SESSION, "7", "c-1", 0);
    OpenCall text = call(SESSION, "\"7\"", "c-2", 0);
    assertThat(await(store().keep(number))).isEmpty();
    assertThat(await(store().keep(text))).isEmpty();

    assertThat(await(store().take(number.key()))).contains(number);
    assertThat(await(store().take(number.key()))).as("it was taken").isEmpty();
    assertThat(await(store().take(text.key()))).contains(text);
  }

  @Test
  void an_answer_of_another_tenant_token_or_session_takes_nothing() {
    OpenCall mine = call(SESSION, "7", "c-1", 0);
    await(store().keep(mine));
    for (OpenCall.Session other :
        List.of(
            new OpenCall.Session("beta", "chain", "one"),
            new OpenCall.Session("acme", "other", "one"),
            new OpenCall.Session("acme", "chain", "two"),
            new OpenCall.Session("", "", ""))) {
      assertThat(await(store().take(new OpenCall.Key(other, "7")))).as("%s", other).isEmpty();
      assertThat(await(store().takeAll(other))).as("%s", other).isEmpty();
    }
    assertThat(await(store().take(mine.key()))).contains(mine);
  }

  @Test
  void a_later_call_of_the_same_id_gives_the_earlier_one_up() {
    OpenCall earlier = call(SESSION, "7", "c-1", 0);
    OpenCall later = call(SESSION, "7", "c-2", 1);
    await(store().keep(earlier));
    assertThat(await(store().keep(later))).containsExactly(earlier);
    assertThat(await(store().take(later.key()))).contains(later);
  }

  @Test
  void a_session_with_too_many_gives_its_oldest_up() {
    OpenCall other = call(new OpenCall.Session("acme", "chain", "two"), "0", "other", 0);
    await(store().keep(other));
    for (int i = 0; i < OpenCall.MAX_PER_SESSION; i++) {
      assertThat(await(store().keep(call(SESSION, "" + i, "c-" + i, i)))).isEmpty();
    }
    List<OpenCall> lost = await(store().keep(call(SESSION, "last", "c-last", 5_000)));
    assertThat(lost).extracting(OpenCall::callId).containsExactly("c-0");
    assertThat(await(store().takeAll(SESSION))).hasSize(OpenCall.MAX_PER_SESSION);
    assertThat(await(store().take(other.key()))).contains(other);
  }

  @Test
  void what_is_open_too_long_is_taken_and_a_session_ends_as_a_whole() {
    OpenCall old = call(SESSION, "1", "c-1", 0);
    OpenCall older = call(new OpenCall.Session("", "", ""), "2", "c-2", -5);
    OpenCall recent = call(SESSION, "3", "c-3", 60);
    OpenCall newest = call(SESSION, "4", "c-4", 61);
    List.of(old, older, recent, newest).forEach(each -> await(store().keep(each)));

    assertThat(await(store().takeOlder(NOW.plusSeconds(60), 10)))
        .containsExactlyInAnyOrder(older, old);
    assertThat(await(store().takeOlder(NOW.plusSeconds(60), 10))).isEmpty();
    assertThat(await(store().takeOlder(NOW.plusSeconds(999), 1))).hasSize(1);
    assertThat(await(store().takeAll(SESSION))).hasSize(1);
    assertThat(await(store().takeAll(SESSION))).isEmpty();
  }

  @Test
  void those_open_longest_are_taken_first_in_whatever_order_they_came() {
    OpenCall.Session two = new OpenCall.Session("acme", "chain", "two");
    for (OpenCall each :
        List.of(
            call(SESSION, "1", "c-4", 4),
            call(two, "2", "c-2", 2),
            call(SESSION, "3", "c-1", 1),
            call(two, "4", "c-3", 3))) {
      await(store().keep(each));
    }
    for (String expected : List.of("c-1", "c-2", "c-3", "c-4")) {
      assertThat(await(store().takeOlder(NOW.plusSeconds(60), 1)))
          .extracting(OpenCall::callId)
          .containsExactly(expected);
    }
  }

  @Test
  void a_session_with_too_many_gives_up_the_one_open_longest_though_it_came_late() {
    for (int i = 1; i < OpenCall.MAX_PER_SESSION; i++) {
      await(store().keep(call(SESSION, "" + i, "c-" + i, i)));
    }
    await(store().keep(call(SESSION, "late", "c-late", 0)));
    assertThat(await(store().keep(call(SESSION, "last", "c-last", 5_000))))
        .extracting(OpenCall::callId)
        .containsExactly("c-late");
  }

  @Test
  void of_many_who_want_a_call_one_gets_it() throws Exception {
    int takers = 8;
    ExecutorService pool = Executors.newFixedThreadPool(takers);
    try {
      for (int round = 0; round < 5; round++) {
        OpenCall wanted = call(SESSION, "7", "c-" + round, 0);
        await(store().keep(wanted));
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < takers; i++) {
          boolean byAge = i % 2 == 0;
          tries.add(
              () -> {
                if (byAge) {
                  return await(store().takeOlder(NOW.plusSeconds(1), 10)).size();
                }
                Optional<OpenCall> got = await(store().take(wanted.key()));
                return got.isPresent() ? 1 : 0;
              });
        }
        int taken = 0;
        for (Future<Integer> each : pool.invokeAll(tries)) {
          taken += each.get();
        }
        assertThat(taken).isOne();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
