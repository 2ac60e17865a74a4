package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.server.admin.RouteGroup.RouteHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request with a key is carried out once: by whom, for how long, and how many are remembered. */
class IdempotencyTest {
  private static final Principal ANN = Principal.tenantAdmin("acme");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger done = new AtomicInteger();
  private RouteHandler act = call -> reply(call, "done " + done.incrementAndGet());
  private final Map<String, RouteHandler> routes =
      new Idempotency(100, nanos::get)
          .of(
              () ->
                  Map.of(
                      "POST /a", call -> act.handle(call),
                      "POST /b", call -> act.handle(call),
                      "GET /a", call -> act.handle(call)))
          .handlers();

  private static void reply(AdminCall call, String text) {
    call.replyAgain(text.getBytes(StandardCharsets.UTF_8));
  }

  private FakeCall send(String route, String key, String body) throws Exception {
    return send(route, key, body, ANN);
  }

  private FakeCall send(String route, String key, String body, Principal who) throws Exception {
    FakeCall call = new FakeCall(body);
    if (!key.isEmpty()) {
      call.header("Idempotency-Key", key);
    }
    Objects.requireNonNull(routes.get(route)).handle(call.by(who));
    return call;
  }

  @Test
  void theSameRequestIsAnsweredAgainAsItWasAndSaysSo() throws Exception {
    act =
        call -> {
          call.context().status(201);
          reply(call, "done " + done.incrementAndGet());
        };
    assertThat(send("POST /a", "k", "x").answered).doesNotContainKey("Idempotency-Replayed");
    FakeCall again = send("POST /a", "k", "x");
    assertThat(again.result).isEqualTo("done 1");
    assertThat(again.status).isEqualTo(201);
    assertThat(again.answered).containsEntry("Idempotency-Replayed", "true");
  }

  @Test
  void anotherPrincipalRouteOrKeyIsAnotherRequest() throws Exception {
    assertThat(send("POST /a", "k", "x").result).isEqualTo("done 1");
    assertThat(send("POST /b", "k", "x").result).isEqualTo("done 2");
    assertThat(send("POST /a", "K", "x").result).isEqualTo("done 3");
    assertThat(send("POST /a", "k", "x", Principal.tenantAdmin("globex")).result)
        .isEqualTo("done 4");
    assertThat(send("POST /a", "k", "x", Principal.SUPERADMIN).result).isEqualTo("done 5");
    assertThat(send("POST /a", "k", "x").result).isEqualTo("done 1");
  }

  @Test
  void withoutAKeyAndWithoutABodyNothingIsRemembered() throws Exception {
    send("POST /a", "", "x");
    send("POST /a", "", "x");
    send("GET /a", "k", "");
    assertThat(send("GET /a", "k", "").result).isEqualTo("done 4");
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefusedAndChangesNothing() throws Exception {
    send("POST /a", "k", "x");
    assertThatThrownBy(() -> send("POST /a", "k", "x "))
        .isInstanceOfSatisfying(
            AdminException.class, refused -> assertThat(refused.status()).isEqualTo(409))
        .hasMessage("Idempotency-Key was used for another request");
    assertThat(send("POST /a", "k", "x").result).isEqualTo("done 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "a\tb", "\u00e4", "a\n", ""})
  void aKeyIsOfPrintableCharacters(String key) {
    FakeCall call = new FakeCall("x").header("Idempotency-Key", key);
    assertThatThrownBy(() -> Objects.requireNonNull(routes.get("POST /a")).handle(call.by(ANN)))
        .hasMessage("Idempotency-Key must be 1 to 255 printable characters without spaces");
    assertThat(done).hasValue(0);
  }

  @Test
  void aKeyHas255CharactersAtTheMost() throws Exception {
    assertThat(send("POST /a", "k".repeat(255), "x").result).isEqualTo("done 1");
    assertThatThrownBy(() -> send("POST /a", "k".repeat(256), "x"))
        .isInstanceOf(AdminException.class);
  }

  @Test
  void whatFailedOrWasRefusedMayBeTriedAgain() throws Exception {
    act =
        call -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> send("POST /a", "k", "x")).hasMessage("broken");
    act =
        call -> {
          call.context().status(409);
          reply(call, "refused");
        };
    assertThat(send("POST /a", "k", "x").status).isEqualTo(409);
    act = call -> {};
    send("POST /a", "k", "x");
    act = call -> reply(call, "done " + done.incrementAndGet());
    assertThat(send("POST /a", "k", "y").result).as("also with another body").isEqualTo("done 1");
  }

  @Test
  void whileItIsCarriedOutASecondOneIsRefused() throws Exception {
    act =
        call -> {
          RouteHandler outer = act;
          act = inner -> reply(inner, "twice");
          assertThatThrownBy(() -> send("POST /a", "k", "x"))
              .hasMessage("the request with this Idempotency-Key is being carried out");
          assertThatThrownBy(() -> send("POST /a", "k", "y"))
              .hasMessage("Idempotency-Key was used for another request");
          act = outer;
          reply(call, "once");
        };
    assertThat(send("POST /a", "k", "x").result).isEqualTo("once");
    assertThat(send("POST /a", "k", "x").result).isEqualTo("once");
  }

  @Test
  void anAnswerIsRememberedForAnHourAlsoWhereTheClockOfNanosecondsTurnsOver() throws Exception {
    send("POST /a", "k", "x");
    nanos.addAndGet(Duration.ofHours(1).toNanos() - 1);
    assertThat(send("POST /a", "k", "x").result).isEqualTo("done 1");
    nanos.incrementAndGet();
    assertThat(send("POST /a", "k", "x").result).isEqualTo("done 2");
  }

  @Test
  void theLastThousandAreRemembered() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      send("POST /a", "k" + i, "x");
    }
    assertThat(send("POST /a", "k999", "x").result).isEqualTo("done 1000");
    assertThat(send("POST /a", "k0", "x").result).as("room was made for it").isEqualTo("done 1001");
    assertThat(send("POST /a", "k2", "x").result).isEqualTo("done 3");
  }

  @Test
  void theHandlerReadsTheWholeBodyThatWasLookedAt() throws Exception {
    act = call -> reply(call, new String(call.body().readAllBytes(), StandardCharsets.UTF_8));
    assertThat(send("POST /a", "k", "hello").result).isEqualTo("hello");
    assertThat(send("POST /a", "k2", "x".repeat(500)).result)
        .as("a byte more than is taken, so that the handler refuses it")
        .hasSize(101);
  }
}
