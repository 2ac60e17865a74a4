package app.intentgate.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The times of events: RFC 3339 in UTC with {@code Z}, up to nine digits after the point, trailing
 * zeros left out, and the point with them when nothing follows it. One time has one spelling.
 */
final class Rfc3339 {
  private static final int SECONDS_LENGTH = "2026-01-02T03:04:05".length();

  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private Rfc3339() {}

  /** Whether its year has four digits. */
  static boolean canSpell(Instant time) {
    return time.getEpochSecond() >= FIRST && time.getEpochSecond() <= LAST;
  }

  static void write(Instant time, ByteBuilder out) {
    if (!canSpell(time)) {
      throw new IllegalArgumentException("the year of an event must have four digits: " + time);
    }
    LocalDateTime t = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
    out.padded(t.getYear(), 4).add('-').padded(t.getMonthValue(), 2).add('-');
    out.padded(t.getDayOfMonth(), 2).add('T').padded(t.getHour(), 2).add(':');
    out.padded(t.getMinute(), 2).add(':').padded(t.getSecond(), 2);
    int fraction = time.getNano();
    if (fraction != 0) {
      int digits = 9;
      while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
      }
      out.add('.').padded(fraction, digits);
    }
    out.add('Z');
  }

  static String text(Instant time) {
    ByteBuilder out = new ByteBuilder(32);
    write(time, out);
    return new String(out.array(), 0, out.size(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  /**
   * The time that bytes spell, in exactly the form that {@link #write} gives it.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} for any other form
   */
  static Instant read(byte[] text, int from, int to) {
    int length = to - from;
    if (length <= SECONDS_LENGTH
        || text[to - 1] != 'Z'
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || text[from + 10] != 'T'
        || text[from + 13] != ':'
        || text[from + 16] != ':') {
      throw unreadable();
    }
    int nano = 0;
    if (length > SECONDS_LENGTH + 1) {
      int digits = length - SECONDS_LENGTH - 2;
      if (text[from + SECONDS_LENGTH] != '.' || digits < 1 || digits > 9 || text[to - 2] == '0') {
        throw unreadable();
      }
      nano = digits(text, to - 1 - digits, digits);
      for (int i = digits; i < 9; i++) {
        nano *= 10;
      }
    }
    try {
      return LocalDateTime.of(
              digits(text, from, 4),
              digits(text, from + 5, 2),
              digits(text, from + 8, 2),
              digits(text, from + 11, 2),
              digits(text, from + 14, 2),
              digits(text, from + 17, 2),
              nano)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw unreadable();
    }
  }

  private static int digits(byte[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        throw unreadable();
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static AuditException unreadable() {
    return new AuditException(
        AuditException.Code.UNREADABLE,
        "ts is no RFC 3339 time in UTC without trailing zeros, such as 2026-01-02T03:04:05.6Z");
  }
}
