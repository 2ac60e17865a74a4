package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.memory.MemoryOperatorStore;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorToken;
import app.intentgate.operator.Role;
import app.intentgate.operator.TokenHash;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.Secret;
import app.intentgate.token.KeyRing;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who presents what, told apart by the token alone. */
class SignInTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ID = "abcdefghijkl";

  private final MemoryOperatorStore operators = new MemoryOperatorStore();
  private final SetTime clock = new SetTime();
  private final String token = OperatorToken.make(ID, RANDOM);
  private final SignIn signIn =
      new SignIn(
          new Credentials(
              KeyRing.generate(),
              Secret.of("super-1"),
              Map.of("acme", Secret.of("acme-1"), "globex", Secret.of("globex-1")),
              null),
          operators,
          clock);

  private static final class SetTime extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private OperatorAccount account(@Nullable Instant expires, @Nullable Instant revoked) {
    return new OperatorAccount(
        ID,
        "ann",
        Role.OPERATOR,
        "acme",
        "ann@x",
        START,
        expires,
        revoked,
        TokenHash.of(token),
        null);
  }

  private void create(OperatorAccount account) {
    operators.create(account).toCompletableFuture().join();
  }

  private String who(String... authorization) {
    Principal found = signIn.of(List.of(authorization));
    return found == null ? "nobody" : found.name();
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer super-1,superadmin",
    "bearer super-1,superadmin",
    "BEARER  super-1 ,superadmin",
    "Bearer acme-1,tenant-admin:acme",
    "Bearer globex-1,tenant-admin:globex",
    "Bearer SUPER-1,nobody",
    "Bearer super-1x,nobody",
    "Bearer super-,nobody",
    "Bearer super-1 acme-1,nobody",
    "Bearer,nobody",
    "'Bearer ',nobody",
    "super-1,nobody",
    "Basic super-1,nobody",
    "'Bearer\tsuper-1',nobody",
    "' Bearer super-1',nobody",
    "'',nobody"
  })
  void aTokenIsItsOperators(String authorization, String name) {
    assertThat(who(authorization)).isEqualTo(name);
  }

  @Test
  void twoHeadersAreNobodyEvenWhereTheyAgree() {
    assertThat(who("Bearer super-1", "Bearer super-1")).isEqualTo("nobody");
    assertThat(who("Bearer super-1", "")).isEqualTo("nobody");
    assertThat(who()).isEqualTo("nobody");
  }

  @Test
  void anAccountSignsInByItsTokenAndThatItDidIsRemembered() {
    create(account(null, null));
    Principal found = Objects.requireNonNull(signIn.of(List.of("Bearer " + token)));
    assertThat(found).isEqualTo(new Principal("operator:" + ID, Role.OPERATOR, "acme", "ann@x"));
    assertThat(operators.lastUsed(ID)).isEqualTo(START);
    assertThat(who("Bearer " + OperatorToken.make(ID, RANDOM)))
        .as("another secret")
        .isEqualTo("nobody");
    assertThat(who("Bearer " + OperatorToken.make("zzzzzzzzzzzz", RANDOM))).isEqualTo("nobody");
    assertThat(who("Bearer igop_" + ID + "_")).isEqualTo("nobody");
  }

  @Test
  void anAccountThatRanOutOrWasRevokedIsNobody() {
    create(account(START.plusSeconds(10), null));
    clock.now = START.plusSeconds(9);
    assertThat(who("Bearer " + token)).isEqualTo("operator:" + ID);
    clock.now = START.plusSeconds(10);
    assertThat(who("Bearer " + token)).isEqualTo("nobody");
    clock.now = START;
    operators
        .replace(account(START.plusSeconds(10), null), account(START.plusSeconds(10), START))
        .toCompletableFuture()
        .join();
    assertThat(who("Bearer " + token)).isEqualTo("nobody");
  }

  @Test
  void aTokenThatWasReplacedWorksUntilItsTimeAndTheNewOneFromNowOn() {
    OperatorAccount before = account(null, null);
    String next = OperatorToken.make(ID, RANDOM);
    create(before.rotated(TokenHash.of(next), START.plusSeconds(60)));
    assertThat(who("Bearer " + next)).isEqualTo("operator:" + ID);
    clock.now = START.plusSeconds(59);
    assertThat(who("Bearer " + token)).isEqualTo("operator:" + ID);
    clock.now = START.plusSeconds(60);
    assertThat(who("Bearer " + token)).isEqualTo("nobody");
    assertThat(who("Bearer " + next)).isEqualTo("operator:" + ID);
  }

  @Test
  void whereNobodyIsConfiguredNobodySignsIn() {
    SignIn none =
        new SignIn(new Credentials(KeyRing.generate(), null, Map.of(), null), operators, clock);
    for (String text : List.of("Bearer super-1", "Bearer null", "Bearer ")) {
      assertThat(none.of(List.of(text))).isNull();
    }
  }
}
