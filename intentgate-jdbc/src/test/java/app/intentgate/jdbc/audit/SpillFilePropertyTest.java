package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditEvent;
import app.intentgate.jdbc.testing.TestCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spill file that is written, handed on, torn and opened again at random, against a queue. */
class SpillFilePropertyTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("audit.spill");
  }

  private SpillFile open() throws IOException {
    return new SpillFile(file(), 64 << 20);
  }

  private static AuditEvent event(Random random, int number) {
    String odd = random.nextBoolean() ? "" : "\n\r\u0000\ud800\u2028\"\\" + "\u00e9".repeat(40);
    return TestCalls.event("call-" + number).toBuilder().reason(odd).build();
  }

  private static String name(AuditEvent event) {
    return event.callId() + event.reason();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void what_waits_is_what_a_queue_would_hold_in_its_order(long seed) throws IOException {
    Random random = new Random(seed);
    Deque<AuditEvent> queue = new ArrayDeque<>();
    SpillFile spill = open();
    int number = 0;
    int crashes = 0;
    try {
      for (int step = 0; step < 250; step++) {
        int kind = random.nextInt(20);
        if (kind < 9) {
          List<AuditEvent> batch = new ArrayList<>();
          for (int i = random.nextInt(4); i >= 0; i--) {
            batch.add(event(random, number++));
          }
          spill.commit(batch);
          queue.addAll(batch);
        } else if (kind < 17) {
          SpillFile.Part part = spill.next(1 + random.nextInt(6));
          for (AuditEvent taken : part.events()) {
            assertThat(name(taken)).isEqualTo(name(queue.removeFirst()));
          }
          spill.handedOn(part.end());
        } else if (kind == 17) {
          assertThat(spill.isBack()).as("the probe leaves nothing").isTrue();
        } else if (kind == 18) {
          spill.close();
          // What a crash in the middle of a write leaves behind it.
          byte[] torn = "{\"ts\":\"2026-05-11T".getBytes(StandardCharsets.UTF_8);
          Files.write(file(), torn, StandardOpenOption.APPEND);
          spill = open();
          crashes++;
        } else {
          List<AuditEvent> front = List.of(event(random, number++), event(random, number++));
          spill.putInFront(front);
          queue.addFirst(front.get(1));
          queue.addFirst(front.get(0));
          spill.close();
          spill = open();
        }
        assertThat(spill.waiting() == 0).as("step %d", step).isEqualTo(queue.isEmpty());
      }
      assertThat(crashes).isPositive();
      List<AuditEvent> rest = new ArrayList<>();
      for (SpillFile.Part part = spill.next(7); !part.events().isEmpty(); part = spill.next(7)) {
        rest.addAll(part.events());
        spill.handedOn(part.end());
      }
      assertThat(rest.stream().map(SpillFilePropertyTest::name))
          .containsExactlyElementsOf(queue.stream().map(SpillFilePropertyTest::name).toList());
      assertThat(Files.size(file())).as("begun anew").isZero();
    } finally {
      spill.close();
    }
  }

  @Test
  void an_event_longer_than_what_is_read_at_once_is_read_whole() throws IOException {
    AuditEvent big = TestCalls.event("big").toBuilder().reason("\u00e9".repeat(3 << 20)).build();
    try (SpillFile spill = open()) {
      spill.commit(List.of(TestCalls.event("before")));
      spill.commit(List.of(big));
      spill.commit(List.of(TestCalls.event("after")));
      SpillFile.Part first = spill.next(1);
      spill.handedOn(first.end());
      List<String> calls = new ArrayList<>();
      for (SpillFile.Part part = spill.next(5); !part.events().isEmpty(); part = spill.next(5)) {
        part.events().forEach(event -> calls.add(event.callId()));
        spill.handedOn(part.end());
      }
      assertThat(calls).containsExactly("big", "after");
    }
  }

  @Test
  void a_note_that_says_more_than_the_file_has_hands_nothing_on_twice_and_loses_nothing_after_it()
      throws IOException {
    try (SpillFile spill = open()) {
      spill.commit(List.of(TestCalls.event("one")));
    }
    Files.writeString(directory.resolve("audit.spill.done"), "1000000\n");
    try (SpillFile spill = open()) {
      assertThat(spill.waiting()).isZero();
      spill.commit(List.of(TestCalls.event("two")));
      assertThat(spill.next(5).events()).extracting(AuditEvent::callId).containsExactly("two");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "x", "-5", "1e3", "99999999999999999999"})
  void a_note_that_cannot_be_read_is_said_and_nothing_is_passed_over(String note)
      throws IOException {
    try (SpillFile spill = open()) {
      spill.commit(List.of(TestCalls.event("one")));
    }
    Files.writeString(directory.resolve("audit.spill.done"), note);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("audit.spill.done");
    assertThat(Files.size(file())).isPositive();
    Files.delete(directory.resolve("audit.spill.done"));
    try (SpillFile spill = open()) {
      SpillFile.Part part = spill.next(5);
      assertThat(part.events()).extracting(AuditEvent::callId).containsExactly("one");
      assertThat(part.doubtful()).isTrue();
    }
  }
}
