package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenMinter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent. */
@Timeout(60)
class ClientRequestsTest {
  private static final String RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}}";

  private final FakeGate gate = new FakeGate();
  private final TokenMinter minter = TokenMinter.of(KeyRing.generate());

  @AfterEach
  void close() {
    gate.close();
  }

  private FakeGate.Seen sent(CallOptions options) {
    gate.json(RESULT);
    try (IntentGateClient client = IntentGateClient.builder().url(gate.url() + "/").build()) {
      client.call("pay", Map.of("id", 7), options);
    }
    return gate.requests.get(gate.requests.size() - 1);
  }

  @Test
  void aCallIsOneJsonRpcRequest() {
    FakeGate.Seen seen = sent(CallOptions.none());

    assertThat(String.valueOf(seen.body()))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"c1\",\"method\":\"tools/call\",\"params\":"
                + "{\"name\":\"pay\",\"arguments\":{\"id\":7}}}");
    assertThat(seen.header("Accept")).contains("application/json").contains("text/event-stream");
    assertThat(seen.headers()).doesNotContainKeys("Authorization", "X-intent-prompt");
  }

  @Test
  void theAddressKeepsItsEscapesAndLosesItsLastSlash() {
    gate.json(RESULT);
    for (String path : List.of("/a%20b", "/a%20b/", "/a%20b/v1/mcp", "/a%20b/v1/mcp/")) {
      try (IntentGateClient client = IntentGateClient.builder().url(gate.url() + path).build()) {
        client.call("pay", Map.of());
      }
    }
    assertThat(gate.requests).extracting(FakeGate.Seen::path).containsOnly("/a%20b/v1/mcp");
  }

  @Test
  void optionsTravelInHeaders() {
    MemoryChain memory =
        MemoryChain.of("jti", Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]))
            .add("e", 1, "x");
    FakeGate.Seen seen =
        sent(
            CallOptions.none()
                .prompt("pay invoice 7")
                .task("t-1")
                .onBehalfOf("a.b")
                .resuming("p-1")
                .memory(memory));

    assertThat(seen.header("X-Intent-Prompt")).isEqualTo("pay invoice 7");
    assertThat(seen.header("X-Task-Id")).isEqualTo("t-1");
    assertThat(seen.header("X-IntentGate-OBO")).isEqualTo("a.b");
    assertThat(seen.header("X-IntentGate-Approval-Id")).isEqualTo("p-1");
    assertThat(seen.header("X-Intent-Memory-Provenance")).isEqualTo(memory.header());
  }

  @Test
  void promptsInAnyLanguageTravelEncoded_B38() {
    for (String prompt : List.of("zahle 7 €", "払ってください", "two\nlines", " led ", "\u007f", "é")) {
      FakeGate.Seen seen = sent(CallOptions.none().prompt(prompt));
      assertThat(seen.header("X-Intent-Prompt")).isNull();
      assertThat(
              new String(
                  Base64.getUrlDecoder().decode(seen.header("X-Intent-Prompt-B64")),
                  StandardCharsets.UTF_8))
          .isEqualTo(prompt);
    }
  }

  @Test
  void nothingCanBeSmuggledIntoAHeader() {
    for (String bad : List.of("a\r\nX-Evil: 1", "a b", "é", "\u0000")) {
      assertThatThrownBy(() -> CallOptions.none().task(bad))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> CallOptions.none().onBehalfOf(bad))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> CallOptions.none().resuming(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theTokenDependsOnTheUserAndIsRenewedOnceWhenItRanOut() {
    CapabilityToken old = minter.mint(Grant.to("agent"));
    CapabilityToken fresh = minter.mint(Grant.to("agent"));
    List<TokenSource.Request> asked = Collections.synchronizedList(new ArrayList<>());
    gate.script(
        (exchange, seen) ->
            FakeGate.reply(
                exchange,
                200,
                Map.of("Content-Type", "application/json"),
                seen.header("Authorization").equals("Bearer " + fresh.encode())
                    ? RESULT.replace("$ID", seen.id())
                    : "{\"jsonrpc\":\"2.0\",\"id\":"
                        + seen.id()
                        + ",\"error\":{\"code\":-32010,\"message\":\"capability check failed\","
                        + "\"data\":\"caveat 1 (exp): expired\"}}"));
    TokenSource source =
        request -> {
          asked.add(request);
          return request.refused() == null ? old : fresh;
        };
    try (IntentGateClient client =
        IntentGateClient.builder().url(gate.url()).token(source).retries(0).build()) {
      client.call("read", Map.of(), CallOptions.none().user("alice"));
    }

    assertThat(asked)
        .containsExactly(
            new TokenSource.Request("alice", null), new TokenSource.Request("alice", old));
    assertThat(gate.requests).hasSize(2);
  }

  @Test
  void aTokenThatDoesNotCoverTheCallIsNotAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    CapabilityToken token = minter.mint(Grant.to("agent"));
    gate.json(
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":-32010,"
            + "\"message\":\"capability check failed\",\"data\":\"tool not in allowed set\"}}");
    TokenSource source =
        request -> {
          asked.incrementAndGet();
          return token;
        };
    try (IntentGateClient client =
        IntentGateClient.builder().url(gate.url()).token(source).build()) {
      assertThatThrownBy(() -> client.call("read", Map.of())).isInstanceOf(CapabilityDenied.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void noTextOfAnExceptionOrOptionHoldsATokenOrAPrompt() {
    CapabilityToken token = minter.mint(Grant.to("agent"));
    gate.json(
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":-32012,"
            + "\"message\":\"policy check failed\",\"data\":\"no\"}}");
    try (IntentGateClient client =
        IntentGateClient.builder().url(gate.url()).token(token).build()) {
      assertThatThrownBy(
              () -> client.call("read", Map.of(), CallOptions.none().prompt("secret words")))
          .hasMessageNotContaining(token.encode())
          .hasMessageNotContaining("secret words");
      assertThat(client.toString()).doesNotContain(token.encode());
    }
    assertThat(CallOptions.none().prompt("secret words").onBehalfOf("obo").toString())
        .doesNotContain("secret words")
        .doesNotContain("obo");
  }

  private void pendingUntilTry(int approved, String end) {
    AtomicInteger tries = new AtomicInteger();
    gate.script(
        (exchange, seen) ->
            FakeGate.reply(
                exchange,
                200,
                Map.of("Content-Type", "application/json"),
                tries.incrementAndGet() < approved
                    ? "{\"jsonrpc\":\"2.0\",\"id\":"
                        + seen.id()
                        + ",\"error\":{\"code\":-32019,\"message\":\"approval pending\","
                        + "\"data\":{\"pending_id\":\"p7\"}}}"
                    : end.replace("$ID", seen.id())));
  }

  private ToolResult awaited(Duration limit, List<String> heard) {
    try (IntentGateClient client = IntentGateClient.builder().url(gate.url()).build()) {
      return client.callAndAwaitApproval(
          "pay",
          Map.of("id", 7),
          CallOptions.none().prompt("pay it"),
          ApprovalWait.atMost(limit)
              .askEvery(Duration.ofMillis(20))
              .onPending(p -> heard.add(p.pendingId())));
    }
  }

  @Test
  void aCallWaitsForItsApprovalAndResumesById() {
    pendingUntilTry(4, RESULT);
    List<String> heard = new ArrayList<>();

    awaited(Duration.ofSeconds(30), heard);

    assertThat(heard).containsExactly("p7");
    assertThat(gate.requests)
        .extracting(seen -> seen.header("X-IntentGate-Approval-Id"))
        .containsExactly(null, "p7", "p7", "p7");
    assertThat(gate.requests)
        .extracting(FakeGate.Seen::body)
        .extracting(body -> ((JsonObject) body.get("params")).get("arguments"))
        .containsOnly(JsonObject.of("id", app.intentgate.json.JsonValue.of(7)));
  }

  @Test
  void aGateThatIsAwayForAMomentEndsNoApproval() {
    AtomicInteger tries = new AtomicInteger();
    gate.script(
        (exchange, seen) -> {
          int number = tries.incrementAndGet();
          if (number == 1) {
            FakeGate.reply(
                exchange,
                200,
                Map.of("Content-Type", "application/json"),
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + seen.id()
                    + ",\"error\":{\"code\":-32019,\"message\":\"approval pending\","
                    + "\"data\":{\"pending_id\":\"p7\"}}}");
          } else if (number < 9) {
            FakeGate.reply(exchange, 503, Map.of("Retry-After", "0"), "");
          } else {
            FakeGate.reply(
                exchange,
                200,
                Map.of("Content-Type", "application/json"),
                RESULT.replace("$ID", seen.id()));
          }
        });

    awaited(Duration.ofSeconds(30), new ArrayList<>());

    assertThat(gate.requests.get(8).header("X-IntentGate-Approval-Id")).isEqualTo("p7");
  }

  @Test
  void aRejectionEndsTheWaiting() {
    pendingUntilTry(
        2,
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":-32012,"
            + "\"message\":\"policy: rejected by reviewer\",\"data\":\"rejected by bob\"}}");

    assertThatThrownBy(() -> awaited(Duration.ofSeconds(30), new ArrayList<>()))
        .isInstanceOf(ApprovalRejected.class)
        .hasMessageContaining("rejected by bob");
  }

  @Test
  void theDeadlineEndsTheWaitingWithTheIdToResumeBy() {
    pendingUntilTry(Integer.MAX_VALUE, "");

    assertThatThrownBy(() -> awaited(Duration.ofMillis(150), new ArrayList<>()))
        .isInstanceOfSatisfying(
            ApprovalPending.class, e -> assertThat(e.pendingId()).isEqualTo("p7"));
  }
}
