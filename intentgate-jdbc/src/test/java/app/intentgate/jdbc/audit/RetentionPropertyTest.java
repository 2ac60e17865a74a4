package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Months closed one after the other of random chains, against lists of what is in them. */
class RetentionPropertyTest {
  private static final YearMonth FIRST = YearMonth.of(2025, 11);
  private static final String[] TENANTS = {"acme", "a\u0000'", "\ud83d\ude00", ""};

  @TempDir Path directory;

  private final Random random = new Random(12);
  private final CheckpointKey key = CheckpointKey.generate(Instant.EPOCH);

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Mostly later than the one before, now and then at the edge of a month, or late. */
  private Instant time(int step, int steps) {
    long months = 5L * step / steps;
    Instant edge = start(FIRST.plusMonths(months));
    return switch (random.nextInt(8)) {
      case 0 -> edge;
      case 1 -> edge.minusNanos(1_000);
      case 2 -> edge.minusSeconds(random.nextInt(5_000_000));
      default -> edge.plusSeconds(random.nextInt(2_500_000));
    };
  }

  private Map<String, List<StoredEvent>> fill(JdbcAuditStore store, int steps) {
    List<CompletionStage<StoredEvent>> stages = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      stages.add(
          store.append(
              AuditEvent.builder()
                  .at(time(step, steps))
                  .decision(AuditDecision.ALLOW)
                  .tenant(TENANTS[random.nextInt(TENANTS.length)])
                  .callId("call-" + step)
                  .build()));
    }
    Map<String, List<StoredEvent>> chains = new TreeMap<>();
    for (CompletionStage<StoredEvent> stage : stages) {
      StoredEvent stored = stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      chains.computeIfAbsent(stored.chain(), chain -> new ArrayList<>()).add(stored);
    }
    return chains;
  }

  /** What goes of a chain: all before its first event of a month that stays. */
  private static List<StoredEvent> before(List<StoredEvent> chain, YearMonth month) {
    List<StoredEvent> gone = new ArrayList<>();
    for (StoredEvent stored : chain) {
      if (!stored.event().at().isBefore(start(month))) {
        break;
      }
      gone.add(stored);
    }
    return gone;
  }

  /** Remembers the lines. */
  private static final class Kept implements Retention.Archive {
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    @Override
    public void event(String line) {
      assertThat(ended).isFalse();
      lines.add(line);
    }

    @Override
    public void end() {
      ended = true;
    }
  }

  private static List<StoredEvent> export(JdbcAuditStore store) {
    List<StoredEvent> all = new ArrayList<>();
    store.export(AuditQuery.all(), all::add);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void what_goes_what_is_archived_and_what_is_left_are_as_a_list_says(TestDatabase kind) {
    Clock clock = Clock.fixed(start(FIRST), ZoneOffset.UTC);
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      new MonthPartitions(stores.database(), clock).makeAhead();
      Map<String, List<StoredEvent>> chains = fill(store, 160);
      Retention retention = new Retention(stores.database(), key, clock);
      int all = 0;
      for (int month : new int[] {0, 1, 3, 4, 7}) {
        YearMonth until = FIRST.plusMonths(month);
        Map<String, Long> expected = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        chains.forEach(
            (chain, events) -> {
              List<StoredEvent> gone = before(events, until);
              if (!gone.isEmpty()) {
                expected.put(chain, (long) gone.size());
                gone.forEach(stored -> lines.add(EventJson.text(stored)));
              }
            });
        Kept tried = new Kept();
        assertThat(counts(retention.closeBefore(until, false, tried))).isEqualTo(expected);
        Kept kept = new Kept();
        List<Retention.Closed> closed = retention.closeBefore(until, true, kept);
        assertThat(counts(closed)).as("before %s", until).isEqualTo(expected);
        assertThat(kept.lines).containsExactlyInAnyOrderElementsOf(lines).isEqualTo(tried.lines);
        assertThat(kept.ended).isTrue();
        all += kept.lines.size();
        chains.replaceAll(
            (chain, events) ->
                new ArrayList<>(events.subList(before(events, until).size(), events.size())));
        assertThat(export(store))
            .containsExactlyInAnyOrderElementsOf(
                chains.values().stream().flatMap(List::stream).toList());
        for (String tenant : TENANTS) {
          VerificationReport report = store.verify(tenant, null, null);
          assertThat(report.broken()).as("<%s> after %s", tenant, until).isNull();
        }
      }
      assertThat(all).as("in the end all is gone").isEqualTo(160);
      assertThat(store.heads()).hasSize(TENANTS.length);
    }
  }

  private static Map<String, Long> counts(List<Retention.Closed> closed) {
    Map<String, Long> counts = new TreeMap<>();
    for (Retention.Closed one : closed) {
      assertThat(one.events()).isPositive();
      counts.put(one.chain(), one.events());
    }
    return counts;
  }

  @ParameterizedTest
  @EnumSource
  void an_archive_that_fails_keeps_everything(TestDatabase kind) {
    Clock clock = Clock.fixed(start(FIRST), ZoneOffset.UTC);
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      fill(store, 40);
      List<StoredEvent> before = export(store);
      Retention retention = new Retention(stores.database(), key, clock);
      for (boolean early : new boolean[] {true, false}) {
        Retention.Archive full =
            new Retention.Archive() {
              @Override
              public void event(String line) {
                if (early) {
                  throw new IllegalStateException("the disk is full");
                }
              }

              @Override
              public void end() {
                throw new IllegalStateException("the disk is full");
              }
            };
        assertThatThrownBy(() -> retention.closeBefore(FIRST.plusYears(1), true, full))
            .hasMessage("the disk is full");
        assertThat(export(store)).isEqualTo(before);
        assertThat(store.verify("acme", null, null).start().genesis()).isTrue();
      }
      assertThat(retention.closeBefore(FIRST.plusYears(1), true)).hasSize(TENANTS.length);
      assertThat(export(store)).isEmpty();
    }
  }
}
