package app.intentgate.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of revocations must do. */
public abstract class RevocationStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

  /** The store under test; the same one within a test. */
  protected abstract RevocationStore store();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private Revocation revoke(String id, String tenant, Instant at, String reason) {
    return await(store().revoke(new Revocation(id, tenant, at, reason)));
  }

  @Test
  void nothing_is_revoked_at_first() {
    assertThat(store().isRevoked("acme", "jti")).isFalse();
    assertThat(store().listsChainIds()).isFalse();
    assertThat(store().list(null, 10, 0)).isEmpty();
  }

  @Test
  void a_revocation_holds_once_its_stage_is_complete() {
    for (int i = 0; i < 20; i++) {
      revoke("jti-" + i, "acme", NOW, "");
      assertThat(store().isRevoked("acme", "jti-" + i)).isTrue();
    }
  }

  @Test
  void one_tenants_revocation_does_not_touch_another() {
    revoke("jti", "acme", NOW, "");
    assertThat(store().isRevoked("acme", "jti")).isTrue();
    assertThat(store().isRevoked("globex", "jti")).isFalse();
    assertThat(store().isRevoked("", "jti")).isFalse();
    assertThat(store().list("globex", 10, 0)).isEmpty();
  }

  @Test
  void a_global_revocation_holds_for_all() {
    revoke("jti", Revocation.EVERY_TENANT, NOW, "");
    assertThat(store().isRevoked("acme", "jti")).isTrue();
    assertThat(store().isRevoked("", "jti")).isTrue();
  }

  @Test
  void revoking_again_replaces_the_reason_and_keeps_the_time() {
    revoke("jti", "acme", NOW, "lost");
    Revocation stands = revoke("jti", "acme", NOW.plusSeconds(5), "stolen");
    assertThat(stands).isEqualTo(new Revocation("jti", "acme", NOW, "stolen"));
    assertThat(store().list(null, 10, 0)).containsExactly(stands);
    assertThat(store().isRevoked("acme", "jti")).isTrue();
  }

  @Test
  void chains_are_hashed_only_once_a_chain_id_is_listed() {
    revoke("a-jti-of-22-characters", "acme", NOW, "");
    assertThat(store().listsChainIds()).isFalse();
    revoke("c".repeat(Revocation.CHAIN_ID_LENGTH), "acme", NOW, "");
    assertThat(store().listsChainIds()).isTrue();
  }

  @Test
  void the_newest_are_listed_first_and_paged() {
    Revocation oldest = revoke("a", "acme", NOW, "1");
    Revocation newest = revoke("b", "globex", NOW.plusSeconds(2), "2");
    Revocation middle = revoke("c", "acme", NOW.plusSeconds(1), "3");
    assertThat(store().list(null, 10, 0)).containsExactly(newest, middle, oldest);
    assertThat(store().list("acme", 10, 0)).containsExactly(middle, oldest);
    assertThat(store().list(null, 1, 1)).containsExactly(middle);
    assertThat(store().list(null, 5, 3)).isEmpty();
  }

  @Test
  void any_text_is_an_id_and_a_reason() {
    List<String> texts = List.of("'; drop table x; --", "a\u2028\uD83D\uDE00b", "%_\\", "\u0001");
    for (String text : texts) {
      Revocation stands = revoke(text, "t" + text, NOW, text);
      assertThat(store().isRevoked("t" + text, text)).isTrue();
      assertThat(store().list("t" + text, 10, 0)).containsExactly(stands);
    }
  }
}
