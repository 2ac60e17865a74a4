package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.IntentGate;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a refused token is renewed, and that it happens once. */
@Timeout(60)
class RenewedTokensTest {
  private static CapabilityToken old;
  private static CapabilityToken fresh;

  private final FakeGate gate = new FakeGate();
  private final List<TokenSource.Request> asked = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void mint() {
    try (IntentGate minting = IntentGate.builder().build()) {
      old = minting.mint(Grant.to("agent"));
      fresh = minting.mint(Grant.to("agent"));
    }
  }

  @AfterAll
  static void forget() {
    old = null;
    fresh = null;
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private IntentGateClient client(TokenSource source) {
    return IntentGateClient.builder()
        .url(gate.url())
        .retries(0)
        .token(
            request -> {
              asked.add(request);
              return source.token(request);
            })
        .build();
  }

  private void refuse(String reason) {
    gate.json(
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":-32010,"
            + "\"message\":\"capability check failed\",\"data\":\""
            + reason
            + "\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp: expired | true",
        "token revoked | true",
        "signature mismatch | true",
        "unknown token schema version | true",
        "Bearer token is malformed | true",
        "tool 'pay' not in allow list | false",
        "kill switch: agent stopped | false",
        "agent_lock mismatch | false",
        "expired: not this one | false",
        "token revoked yesterday | false",
      })
  void only_a_token_that_ran_out_is_asked_for_again(String reason, boolean renewed) {
    refuse(reason);
    try (IntentGateClient client = client(r -> r.refused() == null ? old : fresh)) {
      assertThatThrownBy(() -> client.call("pay", Map.of(), CallOptions.none().user("alice")))
          .isInstanceOf(CapabilityDenied.class);
    }

    assertThat(asked).hasSize(renewed ? 2 : 1);
    assertThat(gate.requests).hasSize(renewed ? 2 : 1);
    if (renewed) {
      assertThat(asked.get(1)).isEqualTo(new TokenSource.Request("alice", old));
      assertThat(gate.requests.get(1).header("Authorization"))
          .isEqualTo("Bearer " + fresh.encode());
      assertThat(gate.requests.get(1).body())
          .as("the same request, with the same id")
          .isEqualTo(gate.requests.get(0).body());
    }
  }

  @Test
  void the_same_token_again_or_none_ends_the_call_with_the_refusal() {
    refuse("token revoked");
    try (IntentGateClient same = client(r -> old);
        IntentGateClient none = client(r -> r.refused() == null ? old : null)) {
      for (IntentGateClient client : List.of(same, none)) {
        assertThatThrownBy(() -> client.call("pay", Map.of()))
            .isInstanceOf(CapabilityDenied.class)
            .hasMessageContaining("token revoked");
      }
    }
    assertThat(gate.requests).hasSize(2);
  }

  @Test
  void a_call_without_a_token_has_none_to_renew() {
    refuse("Bearer token required");
    try (IntentGateClient client = client(TokenSource.none())) {
      assertThatThrownBy(() -> client.call("pay", Map.of())).isInstanceOf(CapabilityDenied.class);
    }
    assertThat(asked).hasSize(1);
    assertThat(gate.requests.get(0).header("Authorization")).isNull();
  }

  @Test
  void a_source_that_fails_fails_the_call_with_its_own_words() {
    refuse("token revoked");
    IllegalStateException away = new IllegalStateException("the vault is sealed");
    TokenSource never =
        r -> {
          throw away;
        };
    TokenSource notAgain = r -> r.refused() == null ? old : never.token(r);
    try (IntentGateClient first = client(never);
        IntentGateClient second = client(notAgain)) {
      assertThatThrownBy(() -> first.call("pay", Map.of())).isSameAs(away);
      assertThat(gate.requests).isEmpty();
      assertThatThrownBy(() -> second.call("pay", Map.of())).isSameAs(away);
      assertThat(gate.requests).hasSize(1);
    }
  }

  @Test
  void a_stale_token_is_renewed_for_the_list_of_tools_too() {
    gate.script(
        (exchange, seen) -> {
          boolean stale = seen.header("Authorization").endsWith(old.encode());
          FakeGate.reply(
              exchange,
              stale ? 401 : 200,
              Map.of("Content-Type", "application/json"),
              stale
                  ? "{\"error\":\"token revoked\"}"
                  : "{\"jsonrpc\":\"2.0\",\"id\":"
                      + seen.id()
                      + ",\"result\":{\"tools\":[{\"name\":\"pay\"}]}}");
        });
    try (IntentGateClient client = client(r -> r.refused() == null ? old : fresh)) {
      assertThat(client.tools()).extracting(ToolDescription::name).containsExactly("pay");
    }
  }

  @Test
  void what_a_source_is_asked_does_not_print_the_token() {
    assertThat(new TokenSource.Request("alice", old).toString())
        .contains("alice")
        .doesNotContain(old.encode(), old.signature());
  }
}
