package app.intentgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryOperatorStore;
import app.intentgate.operator.OperatorAccounts.Draft;
import app.intentgate.operator.OperatorAccounts.Issued;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of operators: who may make which, and which token works when (B41). */
class OperatorAccountsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Operator BY = new Operator("superadmin", "", "", "127.0.0.1:1", "");

  private final MemoryOperatorStore store = new MemoryOperatorStore();
  private final MemoryAuditStore audit = new MemoryAuditStore();
  private final OperatorAccounts accounts =
      new OperatorAccounts(store, audit, Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private Issued create(Role role, String tenant) {
    return now(accounts.create(new Draft("olga", role, tenant, "", null), Authority.FULL, BY));
  }

  private boolean accepts(Issued issued, String token, Instant at) {
    OperatorAccount current = store.find(issued.account().id());
    return current != null && current.accepts(TokenHash.of(token), at);
  }

  @Test
  void aTokenIsShownOnceAndOnlyItsHashIsKept() {
    Issued issued = create(Role.OPERATOR, "acme");

    assertThat(issued.token()).matches("igop_" + issued.account().id() + "_[A-Za-z0-9_-]{43}");
    assertThat(OperatorToken.idOf(issued.token())).isEqualTo(issued.account().id());
    assertThat(accepts(issued, issued.token(), NOW)).isTrue();
    String secret = issued.token().substring(issued.token().length() - 43);
    assertThat(issued.toString() + store.list(null) + audit.query(AuditQuery.all()))
        .doesNotContain(secret);
  }

  @Test
  void everyActIsOnTheChainWithWhoDidIt() {
    Issued issued = create(Role.VIEWER, "acme");
    now(accounts.rotate(issued.account().id(), Duration.ZERO, Authority.FULL, BY));
    now(accounts.revoke(issued.account().id(), Authority.FULL, BY));

    List<StoredEvent> events = audit.query(AuditQuery.builder().oldestFirst().build()).events();
    assertThat(events)
        .extracting(e -> e.event().tool())
        .containsExactly(
            "admin/operators/create", "admin/operators/rotate", "admin/operators/revoke");
    assertThat(events).allMatch(e -> e.event().principal().equals("superadmin"));
    assertThat(events).allMatch(e -> e.event().tenant().equals("acme"));
  }

  @ParameterizedTest
  @CsvSource({
    "OPERATOR, acme, ADMIN, acme",
    "ADMIN, acme, ADMIN, globex",
    "ADMIN, acme, VIEWER, ''",
    "VIEWER, '', OPERATOR, acme"
  })
  void nobodyGrantsMoreThanTheyHave(Role own, String ownTenant, Role granted, String tenant) {
    assertThatThrownBy(
            () ->
                accounts.create(
                    new Draft("x", granted, tenant, "", null), new Authority(own, ownTenant), BY))
        .isInstanceOfSatisfying(
            OperatorException.class,
            e -> assertThat(e.code()).isEqualTo(OperatorException.Code.FORBIDDEN));
    assertThat(store.list(null)).isEmpty();
  }

  @Test
  void theOldTokenOfARotationWorksUntilItsGraceEnds() {
    Issued old = create(Role.OPERATOR, "");
    Issued next =
        now(accounts.rotate(old.account().id(), Duration.ofMinutes(5), Authority.FULL, BY));

    assertThat(accepts(old, old.token(), NOW.plusSeconds(299))).isTrue();
    assertThat(accepts(old, old.token(), NOW.plusSeconds(300))).isFalse();
    assertThat(accepts(old, next.token(), NOW.plusSeconds(300))).isTrue();
  }

  @Test
  void aRotationWithoutGraceEndsTheOldTokenAtOnce() {
    Issued old = create(Role.OPERATOR, "");
    now(accounts.rotate(old.account().id(), Duration.ZERO, Authority.FULL, BY));

    assertThat(accepts(old, old.token(), NOW)).isFalse();
  }

  @Test
  void aRevokedAccountWorksNoMoreAndCannotBeRotated() {
    Issued issued = create(Role.ADMIN, "");
    now(accounts.revoke(issued.account().id(), Authority.FULL, BY));

    assertThat(accepts(issued, issued.token(), NOW)).isFalse();
    assertThatThrownBy(
            () -> accounts.rotate(issued.account().id(), Duration.ZERO, Authority.FULL, BY))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("revoked");
  }

  @Test
  void anExpiredTokenIsNone() {
    Issued issued =
        now(
            accounts.create(
                new Draft("o", Role.ADMIN, "", "", NOW.plusSeconds(60)), Authority.FULL, BY));

    assertThat(accepts(issued, issued.token(), NOW.plusSeconds(59))).isTrue();
    assertThat(accepts(issued, issued.token(), NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void anotherTenantsAccountIsAsIfItWereNotThere() {
    Issued issued = create(Role.VIEWER, "globex");
    Authority acme = new Authority(Role.ADMIN, "acme");

    assertThat(accounts.list(acme)).isEmpty();
    assertThatThrownBy(() -> accounts.revoke(issued.account().id(), acme, BY))
        .hasMessage("operator not found");
    assertThatThrownBy(() -> accounts.rotate(issued.account().id(), Duration.ZERO, acme, BY))
        .hasMessage("operator not found");
  }

  @Test
  void aLesserRoleCannotTakeOverAGreaterOne() {
    Issued admin = create(Role.ADMIN, "acme");

    assertThatThrownBy(
            () ->
                accounts.rotate(
                    admin.account().id(), Duration.ZERO, new Authority(Role.OPERATOR, "acme"), BY))
        .isInstanceOfSatisfying(
            OperatorException.class,
            e -> assertThat(e.code()).isEqualTo(OperatorException.Code.FORBIDDEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "igop_", "igop_abcdefghijkl_short", "Bearer x", "igop_ABCDEFGHIJKL_AAAA"})
  void whatHasNotATokensFormHasNoAccount(String text) {
    assertThat(OperatorToken.idOf(text)).isNull();
  }
}
