package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What callers, browsers and proxies say in headers (decisions, Operators): request ids, CORS for
 * configured origins, trusted proxies, idempotency keys.
 */
@Timeout(60)
class RequestHeadersTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final String PAGE = "https://console.example";
  private static final String MINT = "{\"subject\":\"a\"}";

  @TempDir Path directory;
  private TestGate gate;

  @BeforeEach
  void start() {
    gate =
        TestGate.start(
            directory, "ALLOWED_ORIGINS", PAGE, "TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.0/8");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  @Test
  void aRequestIdIsGivenBackOnEveryRoute() {
    assertThat(gate.get("/healthz", "X-Request-Id", "a-1").header("X-Request-Id")).isEqualTo("a-1");
    assertThat(gate.get("/no", "X-Request-Id", "a-1").header("X-Request-Id")).isEqualTo("a-1");
    assertThat(gate.call("read_a", "X-Request-Id", "a-1").header("X-Request-Id")).isEqualTo("a-1");
    assertThat(
            gate.get("/v1/admin/whoami", AUTH, SUPER, "X-Request-Id", "a-1").header("X-Request-Id"))
        .isEqualTo("a-1");
    assertThat(gate.get("/healthz", "X-Request-Id", "a b").header("X-Request-Id")).isNull();
    assertThat(gate.get("/healthz", "X-Request-Id", "x".repeat(129)).header("X-Request-Id"))
        .isNull();
    assertThat(gate.get("/healthz").header("X-Request-Id")).isNull();
  }

  @Test
  void aPageOfAConfiguredOriginMayAskAndRead() {
    Answer may =
        gate.send(
            "OPTIONS",
            "/v1/admin/policies/active",
            new byte[0],
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "DELETE",
            "Access-Control-Request-Headers",
            "authorization, if-match");

    assertThat(may.status()).isEqualTo(204);
    assertThat(may.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
    assertThat(may.header("Access-Control-Allow-Methods")).contains("DELETE", "POST", "GET");
    assertThat(may.header("Access-Control-Allow-Headers")).isEqualTo("authorization, if-match");
    assertThat(may.header("Access-Control-Allow-Credentials")).isNull();
    Answer read = gate.get("/v1/admin/whoami", AUTH, SUPER, "Origin", PAGE);
    assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
    assertThat(read.header("Vary")).isEqualTo("Origin");
    assertThat(read.header("Access-Control-Expose-Headers")).contains("ETag");
  }

  @Test
  void aPageOfAnotherOriginMayNeither() {
    Answer foreign =
        gate.send(
            "OPTIONS",
            "/v1/mcp",
            new byte[0],
            "Origin",
            "https://evil.example",
            "Access-Control-Request-Method",
            "POST");
    Answer loopback = gate.get("/v1/admin/whoami", AUTH, SUPER, "Origin", "http://localhost:3000");

    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.header("Access-Control-Allow-Origin")).isNull();
    assertThat(loopback.status()).isEqualTo(200);
    assertThat(loopback.header("Access-Control-Allow-Origin")).isNull();
  }

  private String remoteIp(String... forwarded) {
    gate.call("read_a", forwarded);
    return gate.events().get(gate.events().size() - 1).event().remoteIp();
  }

  @Test
  void whoCalledIsTheLastAddressThatIsNoTrustedProxys() {
    assertThat(remoteIp()).startsWith("127.0.0.1:");
    assertThat(remoteIp("X-Forwarded-For", "203.0.113.7")).isEqualTo("203.0.113.7:0");
    assertThat(remoteIp("X-Forwarded-For", "6.6.6.6, 203.0.113.7:44, 10.1.2.3"))
        .isEqualTo("203.0.113.7:44");
    assertThat(remoteIp("X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "203.0.113.8"))
        .isEqualTo("203.0.113.8:0");
    assertThat(remoteIp("X-Forwarded-For", "203.0.113.7, unknown, 10.1.2.3"))
        .isEqualTo("10.1.2.3:0");
    for (String unreadable :
        List.of(
            "[2001:db8::1]9", "[2001:db8::1]x:9", "[2001:db8::1", "[203.0.113.7]", "1.2.3.4:")) {
      assertThat(remoteIp("X-Forwarded-For", unreadable + ", 10.1.2.3"))
          .as(unreadable)
          .isEqualTo("10.1.2.3:0");
    }
    for (String bare : List.of("[2001:db8::1]", "2001:db8::1")) {
      assertThat(remoteIp("X-Forwarded-For", bare)).contains("2001:db8:").endsWith(":0");
    }
    assertThat(remoteIp("X-Forwarded-For", "[2001:db8::1]:9")).contains("2001:db8:").endsWith(":9");
  }

  @Test
  void fromAnybodyElseTheHeaderIsIgnored() {
    try (TestGate other = TestGate.start(directory, "TRUSTED_PROXIES", "10.0.0.0/8")) {
      other.call("read_a", "X-Forwarded-For", "203.0.113.7");
      assertThat(other.events().get(0).event().remoteIp()).startsWith("127.0.0.1:");
    }
  }

  @Test
  void failedSignInsAreCountedByWhoCalledAndNotByTheirProxy() {
    for (int i = 0; i < 101; i++) {
      gate.get("/v1/admin/whoami", AUTH, "Bearer guessing", "X-Forwarded-For", "203.0.113.7");
    }
    assertThat(
            gate.get("/v1/admin/whoami", AUTH, "Bearer guessing", "X-Forwarded-For", "203.0.113.7")
                .status())
        .isEqualTo(429);
    assertThat(
            gate.get("/v1/admin/whoami", AUTH, "Bearer guessing", "X-Forwarded-For", "203.0.113.8")
                .status())
        .isEqualTo(401);
  }

  private Answer mint(String body, String key) {
    return gate.post("/v1/admin/mint", body, AUTH, SUPER, "Idempotency-Key", key);
  }

  @Test
  void aRequestWithAnIdempotencyKeyIsCarriedOutOnce() {
    Answer first = mint(MINT, "k1");
    Answer again = mint(MINT, "k1");
    Answer other = mint("{\"subject\":\"b\"}", "k1");
    Answer anew = mint(MINT, "k2");

    assertThat(first.status()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(other.status()).isEqualTo(409);
    assertThat(anew.text()).isNotEqualTo(first.text());
    assertThat(mint(MINT, "not printable").status()).isEqualTo(400);
    assertThat(gate.events()).as("mints").hasSize(2);
  }

  @Test
  void whatFailedMayBeTriedAgainWithTheSameKey() {
    assertThat(mint("{\"subject\":\"\"}", "k1").status()).isEqualTo(400);
    assertThat(mint(MINT, "k1").status()).isEqualTo(200);
  }
}
