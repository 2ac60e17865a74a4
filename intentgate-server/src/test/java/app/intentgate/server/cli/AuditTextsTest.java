package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.audit.checkpoint.CheckpointKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that somebody wrote to be verified, and commands that are told too little. */
class AuditTextsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private Path log(String... tenants) throws IOException {
    Path log = folder.resolve("audit.jsonl");
    try (FileAuditStore store = FileAuditStore.open(log)) {
      for (String tenant : tenants) {
        store
            .append(
                AuditEvent.builder()
                    .at(AT)
                    .tenant(tenant)
                    .decision(AuditDecision.ALLOW)
                    .tool("read_a")
                    .build())
            .toCompletableFuture()
            .join();
      }
    }
    return log;
  }

  @Test
  void a_chain_cannot_name_itself_intact() throws IOException {
    Path log = log("x: 1 events hold\nintact: 99 events\u001b[8m", "\u009b2J\u202e");
    CommandRun ran = CommandRun.of("audit", "verify", log);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out().lines().filter(line -> line.startsWith("intact")))
        .containsExactly("intact: 2 events");
    assertThat(ran.out()).contains("hold\\u000aintact").contains("\\u009b2J\\u202e");
    assertThat(ran.out().replace(System.lineSeparator(), "").chars())
        .noneMatch(Character::isISOControl);
  }

  @Test
  void what_a_broken_row_says_is_told_on_its_own_line() throws IOException {
    Path log = log("acme", "acme");
    String text = Files.readString(log);
    Path forged =
        Files.writeString(
            folder.resolve("forged.ndjson"),
            text.replaceFirst("\"hash\":\"[^\"]{8}", "\"hash\":\"\u202e\u0085\u009b[2Jxx"));
    CommandRun ran = CommandRun.of("audit", "verify", forged);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("BROKEN at line 1");
    assertThat(ran.out().chars().filter(c -> c >= 0x7f && c < 0xa0 || c == 0x202e)).isEmpty();
  }

  @Test
  void each_chain_is_told_with_its_newest_event() throws IOException {
    Path log = log("acme", "globex", "acme");
    CommandRun ran = CommandRun.of("audit", "verify", log, "--format", "json");
    assertThat(ran.code()).isZero();
    assertThat(ran.json().get("events")).hasToString("3");
    assertThat(ran.json().get("chains").toString())
        .contains("\"chain\":\"acme\",\"ok\":true,\"verified\":2,\"head_seq\":2")
        .contains("\"chain\":\"globex\",\"ok\":true,\"verified\":1,\"head_seq\":1");
    assertThat(CommandRun.of("audit", "verify", log).out().lines())
        .contains("chain acme: 2 events hold", "intact: 3 events");
  }

  @Test
  void a_log_that_ends_within_a_line_is_broken_and_an_empty_one_is_not() throws IOException {
    Path log = log("acme", "acme");
    String text = Files.readString(log);
    Path cut = Files.writeString(folder.resolve("cut"), text.substring(0, text.length() - 9));
    CommandRun torn = CommandRun.of("audit", "verify", cut);
    assertThat(torn.code()).isEqualTo(1);
    assertThat(torn.out()).contains("BROKEN at line 2").contains("torn");
    CommandRun empty = CommandRun.of("audit", "verify", Files.createFile(folder.resolve("empty")));
    assertThat(empty.code()).isZero();
    assertThat(empty.line()).isEqualTo("intact: 0 events");
  }

  @Test
  void lines_in_another_order_or_twice_are_no_chain() throws IOException {
    String[] lines = Files.readString(log("acme", "acme", "acme")).split("\n");
    String[] orders = {"0,2,1", "0,0,1", "1,2", "0,2"};
    for (String order : orders) {
      StringBuilder text = new StringBuilder();
      for (String number : order.split(",")) {
        text.append(lines[Integer.parseInt(number)]).append('\n');
      }
      Path file = Files.writeString(folder.resolve("order"), text);
      CommandRun ran = CommandRun.of("audit", "verify", file);
      assertThat(ran.code()).as(order).isEqualTo(1);
      assertThat(ran.out()).as(order).contains("BROKEN").doesNotContain("intact");
    }
  }

  @Test
  void what_is_to_be_verified_is_named_once_and_checkpoints_with_their_keys() throws IOException {
    Path log = log("acme");
    CommandRun both = CommandRun.of("audit", "verify", log, "--database", "x.db");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("FILE or --database, not both");
    CommandRun unsigned = CommandRun.of("audit", "verify", log, "--checkpoint", log);
    assertThat(unsigned.code()).isEqualTo(2);
    assertThat(unsigned.err()).contains("--checkpoint needs --key");
    Path keys = Files.writeString(folder.resolve("keys"), "no key\n");
    CommandRun wrong = CommandRun.of("audit", "verify", log, "--key", keys);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).contains(keys.toString());
  }

  @Test
  void a_checkpoint_of_a_key_that_is_not_trusted_counts_for_nothing() throws IOException {
    Path log = log("acme");
    String hash = CommandRun.of("audit", "verify", log, "--format", "json").out();
    hash = hash.replaceAll("(?s).*\"head_hash\":\"([^\"]*)\".*", "$1");
    CheckpointKey ours = CheckpointKey.generate(AT);
    CheckpointKey theirs = CheckpointKey.generate(AT);
    Path keys =
        Files.writeString(folder.resolve("keys"), "k " + ours.publicHalf().publicKey() + "\n");
    Path notes = folder.resolve("notes");
    Files.writeString(notes, ours.sign("acme", 1, hash, AT).note());
    assertThat(verified(log, notes, keys).code()).isZero();
    Files.writeString(notes, theirs.sign("acme", 1, hash, AT).note());
    CommandRun foreign = verified(log, notes, keys);
    assertThat(foreign.code()).isNotZero();
    assertThat(foreign.out()).doesNotContain("intact");
  }

  private static CommandRun verified(Path log, Path notes, Path keys) {
    return CommandRun.of("audit", "verify", log, "--checkpoint", notes, "--key", keys);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-13, is no month; write 2026-01",
    "2026-1, is no month; write 2026-01",
    "2026, is no month; write 2026-01",
    "'', is no month; write 2026-01",
    "2026-01-01, is no month; write 2026-01",
    "9998-01, is yet to come: this month at the latest"
  })
  void a_month_that_cannot_be_closed_is_refused_before_a_key_is_read(String month, String why) {
    CommandRun ran = CommandRun.of("audit", "retain", "--before", month, "--data-dir", folder);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(why);
  }

  @Test
  void without_the_key_that_signs_nothing_is_closed_and_no_key_is_shown() throws IOException {
    Path file = folder.resolve("checkpoint.key");
    for (String command : new String[] {"key", "retain --before 2026-01"}) {
      Files.deleteIfExists(file);
      CommandRun none = audit(command);
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err()).contains(file + " cannot be read");
      Files.writeString(file, "hidden-word");
      CommandRun junk = audit(command);
      assertThat(junk.code()).isEqualTo(2);
      assertThat(junk.out()).isEmpty();
      assertThat(junk.err()).contains(file + ": ").doesNotContain("hidden-word");
    }
  }

  private CommandRun audit(String command) {
    return CommandRun.of(
        java.util.stream.Stream.concat(
                java.util.Arrays.stream(("audit " + command + " --data-dir").split(" ")),
                java.util.stream.Stream.of(folder.toString()))
            .toArray());
  }

  @Test
  void the_public_half_is_printed_as_verification_takes_it() throws IOException {
    CheckpointKey key = CheckpointKey.generate(AT);
    Files.writeString(folder.resolve("checkpoint.key"), key.encode());
    CommandRun shown = audit("key");
    assertThat(shown.code()).isZero();
    String half = key.publicHalf().id() + " " + key.publicHalf().publicKey();
    assertThat(shown.line()).isEqualTo(half + " " + AT);
    Path keys = Files.writeString(folder.resolve("keys"), shown.out());
    assertThat(CommandRun.of("audit", "verify", log("acme"), "--key", keys).code()).isZero();
  }
}
