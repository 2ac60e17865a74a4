package app.intentgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of operators' accounts must do. */
public abstract class OperatorStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

  /** The store under test; the same one within a test. */
  protected abstract OperatorStore store();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static OperatorAccount account(String id, String tenant, @Nullable Instant expiresAt) {
    return new OperatorAccount(
        id,
        "name of " + id,
        Role.OPERATOR,
        tenant,
        "agent-" + id,
        NOW,
        expiresAt,
        null,
        TokenHash.of("token of " + id),
        null);
  }

  @Test
  void an_account_is_found_as_it_was_made() {
    OperatorAccount account = account("a", "acme", NOW.plusSeconds(60));
    await(store().create(account));

    assertThat(store().find("a")).isEqualTo(account);
    assertThat(store().find("b")).isNull();
    assertThat(store().list(null)).containsExactly(account);
    assertThat(store().list("globex")).isEmpty();
  }

  @Test
  void an_id_is_given_once() {
    await(store().create(account("a", "acme", null)));

    assertThatThrownBy(() -> await(store().create(account("a", "globex", null))))
        .satisfies(
            e ->
                assertThat(e instanceof IllegalArgumentException ? e : e.getCause())
                    .isInstanceOf(IllegalArgumentException.class));
    assertThat(store().list(null)).hasSize(1);
  }

  @Test
  void a_change_needs_the_account_as_it_stands() {
    OperatorAccount first = account("a", "acme", null);
    await(store().create(first));
    OperatorAccount second = first.rotated(TokenHash.of("next"), NOW.plusSeconds(60));

    assertThat(await(store().replace(first, second))).isTrue();
    assertThat(await(store().replace(first, first.revoked(NOW)))).isFalse();
    assertThat(store().find("a")).isEqualTo(second);
    assertThat(await(store().replace(second, second.revoked(NOW)))).isTrue();
    assertThat(store().find("a")).isEqualTo(second.revoked(NOW));
  }

  @Test
  void an_account_is_listed_and_changed_in_its_tenant_alone() {
    OperatorAccount first = account("a", "acme", null);
    OperatorAccount other = account("b", "globex", null);
    await(store().create(first));
    await(store().create(other));

    assertThat(store().list("acme")).containsExactly(first);
    assertThat(store().list("globex")).containsExactly(other);
    assertThat(store().list("")).isEmpty();
    OperatorAccount moved = account("a", "globex", null);
    assertThat(await(store().replace(moved, moved.revoked(NOW)))).isFalse();
    assertThat(store().find("a")).isEqualTo(first);
  }

  @Test
  void of_many_changes_at_once_one_is_made() {
    OperatorAccount first = account("a", "acme", null);
    await(store().create(first));
    List<CompletableFuture<Boolean>> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      changes.add(
          store()
              .replace(first, first.rotated(TokenHash.of("next " + i), null))
              .toCompletableFuture());
    }

    assertThat(changes.stream().filter(change -> await(change)).count()).isEqualTo(1);
  }

  /** A store opened anew on what this one keeps; null for one that keeps nothing. */
  protected @Nullable OperatorStore again() {
    return null;
  }

  @Test
  void the_last_use_is_kept_though_not_each() {
    await(store().create(account("a", "acme", null)));
    store().used("a", NOW);
    for (int i = 1; i < 60; i++) {
      store().used("a", NOW.plusSeconds(i));
    }
    assertThat(store().lastUsed("a")).isEqualTo(NOW.plusSeconds(59));
    OperatorStore again = again();
    if (again != null) {
      assertThat(kept(again, NOW)).isEqualTo(NOW);
      store().used("a", NOW.plusSeconds(60));
      store().used("a", NOW.plusSeconds(61));
      assertThat(kept(again(), NOW.plusSeconds(60))).isEqualTo(NOW.plusSeconds(60));
    }
  }

  /** What a store that was opened anew knows once it can know so much: it is written behind. */
  private static @Nullable Instant kept(@Nullable OperatorStore again, Instant wanted) {
    assertThat(again).isNotNull();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Instant found = null;
    while (System.nanoTime() < end && (found == null || found.isBefore(wanted))) {
      assertThat(again.list("acme")).hasSize(1);
      found = again.lastUsed("a");
      Thread.onSpinWait();
    }
    return found;
  }

  @Test
  void the_last_use_only_moves_forward() {
    await(store().create(account("a", "acme", null)));
    assertThat(store().lastUsed("a")).isNull();
    store().used("a", NOW);
    store().used("a", NOW.minusSeconds(5));
    store().used("none", NOW);

    assertThat(store().lastUsed("a")).isEqualTo(NOW);
    assertThat(store().lastUsed("none")).isNull();
  }
}
