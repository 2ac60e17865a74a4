package app.intentgate.server.redis;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import io.lettuce.core.SslOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gates on one Redis, and what they do while it is away: never grant, and go on when it is back.
 */
@Timeout(90)
class RedisFaultTest {
  private static final RedisOptions SHORT =
      new RedisOptions(
          Duration.ofSeconds(5),
          Duration.ofMillis(400),
          Duration.ofMillis(200),
          SslOptions.create());

  @TempDir Path directory;

  private static RedisBudgetStore open(RedisServer server) {
    return RedisBudgetStore.open(RedisAddress.parse(server.url()), SHORT, false);
  }

  /** For many at once on a busy machine. */
  private static RedisBudgetStore patient(RedisServer server) {
    RedisOptions options =
        new RedisOptions(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            SslOptions.create());
    return RedisBudgetStore.open(RedisAddress.parse(server.url()), options, false);
  }

  private static ChargeResult charge(BudgetStore store, Charge... charges) {
    return store
        .charge(List.of(charges), System.currentTimeMillis())
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static boolean fails(BudgetStore store, Charge charge) {
    try {
      charge(store, charge);
      return false;
    } catch (RuntimeException e) {
      assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
      return true;
    }
  }

  private static Charge calls(long max) {
    return new Charge(Kind.CALLS, "acme", "k", max, 1, null);
  }

  @Test
  void two_hundred_threads_on_two_gates_get_exactly_a_thousand() throws Exception {
    AtomicInteger granted = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(200);
    try (RedisServer server = new RedisServer(directory);
        RedisBudgetStore a = patient(server);
        RedisBudgetStore b = patient(server)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 200; t++) {
        BudgetStore store = t % 2 == 0 ? a : b;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  while (charge(store, calls(1_000)).charged()) {
                    granted.incrementAndGet();
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
      assertThat(charge(a, calls(1_000)).wouldBe()).isEqualTo(1_001);
    } finally {
      pool.shutdownNow();
    }
    assertThat(granted).hasValue(1_000);
  }

  @Test
  void killed_and_started_again_it_grants_the_rest_and_meanwhile_nothing() throws Exception {
    try (RedisServer server = new RedisServer(directory);
        RedisBudgetStore store = open(server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(charge(store, calls(5)).charged()).isTrue();
      }
      server.kill();
      until(() -> fails(store, calls(5)));
      until(() -> !store.isAvailable());
      assertThat(fails(store, calls(5))).isTrue();

      server.startAgain();
      until(store::isAvailable);
      assertThat(charge(store, calls(5)).charged()).isTrue();
      assertThat(charge(store, calls(5)).charged()).isTrue();
      assertThat(charge(store, calls(5)).wouldBe()).isEqualTo(6);
    }
  }

  @Test
  void a_call_of_a_frozen_one_fails_in_time_and_is_at_most_counted_never_granted()
      throws Exception {
    try (RedisServer server = new RedisServer(directory);
        RedisBudgetStore store = open(server)) {
      assertThat(charge(store, calls(10)).charged()).isTrue();
      server.freeze();
      long begun = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        assertThat(fails(store, calls(10))).isTrue();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      until(() -> !store.isAvailable());

      server.thaw();
      until(store::isAvailable);
      int granted = 1;
      while (charge(store, calls(10)).charged()) {
        granted++;
      }
      assertThat(granted).isBetween(7, 10);
    }
  }

  @Test
  void a_counter_outlives_its_token_by_a_day_and_a_rate_its_window() throws Exception {
    try (RedisServer server = new RedisServer(directory);
        RedisBudgetStore store = open(server)) {
      long end = Instant.now().getEpochSecond() + 3_600;
      charge(store, new Charge(Kind.CALLS, "a", "ends", 5, 1, end));
      charge(store, new Charge(Kind.CALLS, "a", "stays", 5, 1, null));
      charge(store, new Charge(Kind.RATE, "a", "r", 5, 1, end));
      String prefix = "TTL intentgate:budget:{a}:";
      assertThat(number(server.ask(prefix + "calls:ends"))).isBetween(89_000L, 90_000L);
      assertThat(number(server.ask(prefix + "calls:stays"))).isEqualTo(-1);
      assertThat(number(server.ask(prefix + "rate:r"))).isBetween(500L, 600L);
      assertThat(number(server.ask(prefix + "rate:r:amounts"))).isBetween(500L, 600L);

      charge(store, new Charge(Kind.CALLS, "a", "ends", 5, 1, end + 1_000));
      assertThat(number(server.ask(prefix + "calls:ends"))).isBetween(90_000L, 91_000L);
      charge(store, new Charge(Kind.CALLS, "a", "ends", 5, 1, end - 1_000));
      assertThat(number(server.ask(prefix + "calls:ends"))).isBetween(90_000L, 91_000L);
    }
  }

  private static long number(String reply) {
    return Long.parseLong(reply.substring(1));
  }

  @Test
  void a_password_is_used_and_never_told() throws Exception {
    try (RedisServer server = new RedisServer(directory, "--requirepass", "s3cr/t-word")) {
      String address = "127.0.0.1:" + server.port();
      RedisAddress right = RedisAddress.parse("redis://:s3cr%2Ft-word@" + address);
      try (RedisBudgetStore store = RedisBudgetStore.open(right, SHORT, false)) {
        assertThat(charge(store, calls(1)).charged()).isTrue();
      }
      RedisAddress wrong = RedisAddress.parse("redis://:oth3r-word@" + address);
      assertThat(right.toString()).isEqualTo("redis://" + address + "/0");
      assertThatThrownBy(() -> RedisBudgetStore.open(wrong, SHORT, false))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining(address)
          .hasMessageNotContaining("oth3r-word");
    }
  }

  @Test
  void an_account_with_the_documented_rights_is_enough() throws Exception {
    String document = Files.readString(documents().resolve("redis.md"));
    int begin = document.indexOf("`~intentgate:budget") + 1;
    String rights = document.substring(begin, document.indexOf('`', begin)).replace('\n', ' ');
    try (RedisServer server = new RedisServer(directory)) {
      assertThat(server.ask("ACL SETUSER gate on >pw " + rights)).isEqualTo("+OK");
      assertThat(server.ask("ACL SETUSER default off")).isEqualTo("+OK");
      RedisAddress address = RedisAddress.parse("redis://gate:pw@127.0.0.1:" + server.port());
      try (RedisBudgetStore store = RedisBudgetStore.open(address, SHORT, false)) {
        Charge rate = new Charge(Kind.RATE, "acme", "r", 2, 1, null);
        Charge cost = new Charge(Kind.COST, "acme", "c", 9, 3, Instant.now().getEpochSecond() + 60);
        assertThat(charge(store, calls(2), rate, cost).charged()).isTrue();
        assertThat(charge(store, calls(2), rate, cost).charged()).isTrue();
        assertThat(charge(store, calls(2), rate, cost).exceeded()).isEqualTo(calls(2));
        assertThat(store.isAvailable()).isTrue();
      }
    }
  }

  private static Path documents() {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    return Files.exists(base.resolve("docs")) ? base.resolve("docs") : base.resolve("../docs");
  }

  @Test
  void over_tls_only_a_certificate_that_is_trusted_is_talked_to() throws Exception {
    Path keys = directory.resolve("keys.p12");
    int made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "redis",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit",
                "-storetype",
                "PKCS12")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start()
            .waitFor();
    assertThat(made).isZero();
    KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
    byte[] certificate = store.getCertificate("redis").getEncoded();
    Path cert = pem("redis.crt", "CERTIFICATE", certificate);
    Path key =
        pem(
            "redis.key",
            "PRIVATE KEY",
            store.getKey("redis", "changeit".toCharArray()).getEncoded());
    try (RedisServer server =
        new RedisServer(
            directory,
            "--tls-cert-file",
            cert.toString(),
            "--tls-key-file",
            key.toString(),
            "--tls-ca-cert-file",
            cert.toString())) {
      RedisAddress address = RedisAddress.parse("rediss://127.0.0.1:" + server.port());
      SslOptions trusting =
          SslOptions.builder().jdkSslProvider().trustManager(cert.toFile()).build();
      RedisOptions options =
          new RedisOptions(
              Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), trusting);
      try (RedisBudgetStore budgets = RedisBudgetStore.open(address, options, false)) {
        assertThat(charge(budgets, calls(1)).charged()).isTrue();
        assertThat(charge(budgets, calls(1)).charged()).isFalse();
      }
      assertThatThrownBy(() -> RedisBudgetStore.open(address, SHORT, false))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  private Path pem(String name, String kind, byte[] content) throws Exception {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
    return Files.writeString(directory.resolve(name), text, StandardCharsets.US_ASCII);
  }
}
