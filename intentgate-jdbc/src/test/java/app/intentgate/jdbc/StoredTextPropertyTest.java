package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts and times of any kind, on their way to a database and back. */
class StoredTextPropertyTest {
  private static final char[] ODD = {
    0, 1, 'a', '\\', 'u', '\'', '\ud800', '\udbff', '\udc00', '\udfff', '\ufffe', '\u2028', '\u00e9'
  };

  @TempDir Path directory;

  private final Random random = new Random(4);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(ODD[random.nextInt(ODD.length)]);
    }
    return text.toString();
  }

  /** The same, code point by code point. */
  private static String spelt(String text) {
    StringBuilder spelt = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point == 0 || (point >= 0xd800 && point < 0xe000)) {
                spelt.append("\\u").append(String.format("%04x", point));
              } else {
                spelt.appendCodePoint(point);
              }
            });
    return spelt.toString();
  }

  @Test
  void what_no_database_can_hold_is_spelt_out_and_the_rest_stays() {
    for (int i = 0; i < 10_000; i++) {
      String text = text();
      String readable = StoredText.readable(text);
      assertThat(readable).isEqualTo(spelt(text));
      assertThat(StoredText.readable(readable)).as("once is enough").isEqualTo(readable);
      assertThat(new String(readable.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(readable);
    }
    String plain = "nothing to escape \ud83d\ude00";
    assertThat(StoredText.readable(plain)).isSameAs(plain);
    assertThat(StoredText.readable("")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void every_readable_text_comes_back_from_a_database(TestDatabase kind) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add(StoredText.readable(text()));
    }
    try (Database database = Database.open(kind.create(directory))) {
      database.write(handle -> handle.execute("CREATE TABLE t (n INTEGER, line TEXT)"));
      database.write(
          handle -> {
            for (int i = 0; i < texts.size(); i++) {
              handle.execute("INSERT INTO t VALUES (?, ?)", i, texts.get(i));
            }
            return texts.size();
          });
      List<String> back =
          database.read(
              handle ->
                  handle.createQuery("SELECT line FROM t ORDER BY n").mapTo(String.class).list());
      assertThat(back).isEqualTo(texts);
    }
  }

  @Test
  void times_keep_their_order_and_lose_less_than_a_microsecond() {
    Instant before = Instant.MIN;
    List<Instant> times = new ArrayList<>(List.of(Instant.MIN, Instant.MAX, Instant.EPOCH));
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong() >> (20 + random.nextInt(44));
      times.add(
          Instant.ofEpochSecond(
              Math.max(-9_000_000_000_000L, Math.min(9_000_000_000_000L, second)),
              random.nextInt(1_000_000_000)));
    }
    times.sort(null);
    long last = Long.MIN_VALUE;
    for (Instant time : times) {
      long micros = StoredText.micros(time);
      assertThat(micros).as("%s after %s", time, before).isGreaterThanOrEqualTo(last);
      Instant back = StoredText.instant(micros);
      if (micros != Long.MIN_VALUE && micros != Long.MAX_VALUE) {
        assertThat(back).isBetween(time.minusNanos(999), time);
      }
      last = micros;
      before = time;
    }
  }
}
