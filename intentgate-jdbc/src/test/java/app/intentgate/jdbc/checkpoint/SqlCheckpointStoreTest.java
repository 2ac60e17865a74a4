package app.intentgate.jdbc.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.CheckpointStore;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlCheckpointStoreTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000006Z");

  @TempDir Path directory;

  private final CheckpointKey key = CheckpointKey.generate(AT);

  private Checkpoint checkpoint(String tenant, long sequence) {
    return key.sign(tenant, sequence, "%064x".formatted(sequence), AT.plusSeconds(sequence));
  }

  @ParameterizedTest
  @EnumSource
  void a_checkpoint_comes_back_as_it_was_signed(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      CheckpointStore store = new SqlCheckpointStore(database);
      for (String tenant :
          List.of("default", "\u00e4/'\n\u2028", "a\u0000b", "%", "\ud83d\ude00")) {
        for (Instant at :
            List.of(AT, Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999999999Z"))) {
          Checkpoint made = key.sign(tenant, 1 + at.getNano(), "a".repeat(64), at);
          store.append(made);
          List<Checkpoint> found = store.list(tenant, made.sequence(), 1);
          assertThat(found).as("of <%s>", tenant).containsExactly(made);
          assertThat(key.publicHalf().verifies(found.get(0))).isTrue();
        }
      }
      Checkpoint last = key.sign("last", 999_999_999_999_999_999L, "b".repeat(64), AT);
      store.append(last);
      assertThat(store.list("last", Long.MAX_VALUE, 5)).isEmpty();
      assertThat(store.list("last", Long.MIN_VALUE, 5)).containsExactly(last);
    }
  }

  @ParameterizedTest
  @EnumSource
  void they_are_listed_by_number_of_one_tenant_and_no_more_than_asked_for(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      CheckpointStore store = new SqlCheckpointStore(database);
      List<Checkpoint> all = new ArrayList<>();
      for (int i = 1; i <= 30; i++) {
        all.add(checkpoint("acme", 3L * i));
      }
      List<Checkpoint> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, new Random(1));
      shuffled.forEach(store::append);
      store.append(checkpoint("Acme", 4));
      assertThat(store.list("acme", 0, 100)).isEqualTo(all);
      assertThat(store.list("acme", 30, 5)).isEqualTo(all.subList(9, 14));
      assertThat(store.list("acme", 31, 1)).isEqualTo(all.subList(10, 11));
      assertThat(store.list("acme", 91, 5)).isEmpty();
      assertThat(store.list("globex", 0, 5)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_said_of_a_number_stands_whatever_comes_later(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      CheckpointStore store = new SqlCheckpointStore(database);
      Checkpoint first = checkpoint("acme", 7);
      store.append(first);
      store.append(first);
      store.append(key.sign("acme", 7, "f".repeat(64), AT));
      assertThat(store.list("acme", 0, 10)).containsExactly(first);
      CheckpointKey other = CheckpointKey.generate(AT);
      Checkpoint contradicts = other.sign("acme", 7, "f".repeat(64), first.at().plusSeconds(1));
      store.append(contradicts);
      assertThat(store.list("acme", 0, 10))
          .as("another key's word is kept beside it")
          .containsExactly(first, contradicts);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keys_are_published_once_in_the_order_of_their_beginnings(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      CheckpointStore store = new SqlCheckpointStore(database);
      assertThat(store.keys()).isEmpty();
      List<PublicCheckpointKey> keys = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        keys.add(CheckpointKey.generate(AT.minusSeconds(i)).publicHalf());
      }
      keys.forEach(store::publish);
      PublicCheckpointKey again =
          new PublicCheckpointKey(keys.get(0).id(), keys.get(0).publicKey(), Instant.EPOCH);
      store.publish(again);
      keys.sort(Comparator.comparing(PublicCheckpointKey::notBefore));
      assertThat(new SqlCheckpointStore(database).keys())
          .as("when a key began is not moved")
          .isEqualTo(keys);
    }
  }
}
