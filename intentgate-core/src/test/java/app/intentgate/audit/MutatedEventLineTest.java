package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The verifier's way through a line accepts exactly what the slow way accepts. */
class MutatedEventLineTest {
  private static final int LINES = 400;
  private static final int EACH = 60;
  private static final byte[] PIECES =
      "\"\\{}[],:0-1true\u0000\u001f\u0020\u007f\u0080\u00c3\u00ff"
          .getBytes(StandardCharsets.ISO_8859_1);

  private final Random random = new Random(77);

  @Test
  void a_mutated_line_is_accepted_by_both_ways_or_by_neither() throws Exception {
    RandomEvents events = new RandomEvents(78);
    EventMembers fast = new EventMembers();
    int accepted = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] line = EventJson.bytes(AuditChain.link(events.next(), 1, ""));
      for (int j = 0; j < EACH; j++) {
        byte[] mutated = j == 0 ? line : mutated(line);
        Map<AuditField, String> slow = PlainEventLine.read(mutated);
        byte[] around = around(mutated);
        boolean scanned = EventLine.scan(around, 9, 9 + mutated.length, fast);
        assertThat(scanned).as(text(mutated)).isEqualTo(slow != null);
        if (slow == null) {
          continue;
        }
        for (AuditField field : AuditField.values()) {
          MemberSlot slot = MemberSlot.of(field);
          assertThat(fast.has(slot)).isEqualTo(slow.containsKey(field));
          if (fast.has(slot)) {
            assertThat(text(Arrays.copyOfRange(around, fast.valueFrom(slot), fast.valueTo(slot))))
                .isEqualTo(slow.get(field));
          }
        }
        if (isSchema(slow, "7") || isSchema(slow, "8")) {
          accepted++;
          ByteBuilder out = new ByteBuilder(16);
          fast.canonical(out);
          assertThat(out.toByteArray()).isEqualTo(PlainEventLine.canonical(slow));
        }
      }
    }
    assertThat(accepted).isGreaterThan(5 * LINES);
  }

  @Test
  void a_mutated_line_with_any_hash_verifies_only_when_the_slow_way_finds_that_hash()
      throws Exception {
    RandomEvents events = new RandomEvents(79);
    int intact = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] line = EventJson.bytes(AuditChain.link(events.next("acme"), 1, ""));
      for (int j = 0; j < EACH / 2; j++) {
        byte[] mutated = j == 0 ? line : mutated(line);
        // Whoever changes a line can also give it the hash it then has.
        byte[] forged = j % 2 == 0 ? mutated : rehashed(mutated);
        boolean slow = isIntact(forged);
        assertThat(verifies(forged)).as(text(forged)).isEqualTo(slow);
        intact += slow ? 1 : 0;
      }
    }
    assertThat(intact).isGreaterThan(2 * LINES);
  }

  @Test
  void every_schema_7_event_is_hashed_over_the_members_that_schema_has() {
    EventMembers fast = new EventMembers();
    for (byte[] line : oldLines()) {
      Map<AuditField, String> slow = PlainEventLine.read(line);
      assertThat(slow).isNotNull();
      assertThat(EventLine.scan(line, 0, line.length, fast)).isTrue();
      ByteBuilder out = new ByteBuilder(16);
      fast.canonical(out);
      assertThat(out.toByteArray()).isEqualTo(PlainEventLine.canonical(slow));
    }
  }

  /** Lines of random events that call themselves schema 7. */
  private static List<byte[]> oldLines() {
    RandomEvents events = new RandomEvents(80);
    return java.util.stream.IntStream.range(0, LINES)
        .mapToObj(i -> EventJson.text(AuditChain.link(events.next(), 1, "")))
        .map(line -> line.replace("\"schema_version\":\"8\"", "\"schema_version\":\"7\""))
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private byte[] mutated(byte[] line) {
    byte[] out = line.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(out.length);
      switch (random.nextInt(5)) {
        case 0 -> out[at] = PIECES[random.nextInt(PIECES.length)];
        case 1 -> out[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> out = spliced(out, at, at, new byte[] {PIECES[random.nextInt(PIECES.length)]});
        case 3 -> out = spliced(out, at, Math.min(out.length, at + 1 + random.nextInt(4)), null);
        default -> out = memberGone(out);
      }
    }
    return out.length == 0 ? line : out;
  }

  /** Without what stands between two commas, which may be a member. */
  private byte[] memberGone(byte[] line) {
    int first = comma(line, random.nextInt(line.length));
    int second = comma(line, first + 1);
    return second >= line.length ? line : spliced(line, first, second, null);
  }

  private static int comma(byte[] line, int from) {
    int at = from;
    while (at < line.length && line[at] != ',') {
      at++;
    }
    return at;
  }

  private static byte[] spliced(byte[] line, int from, int to, byte @Nullable [] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(line, 0, from);
    out.writeBytes(middle == null ? new byte[0] : middle);
    out.write(line, to, line.length - to);
    return out.toByteArray();
  }

  /** The line among other bytes, which no reader may look at. */
  private static byte[] around(byte[] line) {
    byte[] all = new byte[line.length + 18];
    Arrays.fill(all, (byte) '"');
    System.arraycopy(line, 0, all, 9, line.length);
    return all;
  }

  private static boolean isSchema(Map<AuditField, String> line, String version) {
    return ("\"" + version + "\"").equals(line.get(AuditField.SCHEMA_VERSION));
  }

  private static String hash(Map<AuditField, String> line) throws Exception {
    byte[] canonical = PlainEventLine.canonical(line);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
  }

  private static byte[] rehashed(byte[] line) throws Exception {
    Map<AuditField, String> members = PlainEventLine.read(line);
    String hash = members == null ? null : members.get(AuditField.HASH);
    if (members == null || hash == null || !(isSchema(members, "7") || isSchema(members, "8"))) {
      return line;
    }
    return text(line)
        .replace("\"hash\":" + hash, "\"hash\":\"" + hash(members) + "\"")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether it is the first event of a chain by the rules of docs/audit-format.md. */
  private static boolean isIntact(byte[] line) throws Exception {
    Map<AuditField, String> members = PlainEventLine.read(line);
    return members != null
        && isSchema(members, "8")
        && "1".equals(members.get(AuditField.SEQ))
        && !members.containsKey(AuditField.SUMMARY)
        && !members.containsKey(AuditField.PREV_HASH)
        && ("\"" + hash(members) + "\"").equals(members.get(AuditField.HASH))
        && isText(members.get(AuditField.TENANT));
  }

  /** Whether a chain's name can be read, which alone of an event must be. */
  private static boolean isText(@Nullable String value) {
    if (value == null || !value.contains("\\")) {
      return true;
    }
    try {
      byte[] json = value.getBytes(StandardCharsets.ISO_8859_1);
      return JsonReader.parse(json, EventJson.LIMITS) != null;
    } catch (JsonParseException e) {
      return false;
    }
  }

  private static boolean verifies(byte[] line) throws IOException {
    byte[] file = Arrays.copyOf(line, line.length + 1);
    file[line.length] = '\n';
    return AuditFileVerifier.verify(
            new ByteArrayInputStream(file),
            AuditFileVerifier.Form.EXACT,
            List.of(),
            (bytes, count) -> {})
        .ok();
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.ISO_8859_1);
  }
}
