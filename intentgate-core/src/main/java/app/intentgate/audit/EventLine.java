package app.intentgate.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the members of an event in a line of wire JSON, without reading what they say: their order,
 * names and punctuation must be exactly what {@link EventJson} writes, and each value of the
 * member's kind. Whatever else a value says is covered by the hash.
 */
final class EventLine {
  private static final MemberSlot[] WIRE = MemberSlot.WIRE.toArray(MemberSlot[]::new);

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private final byte[] line;
  private final int end;
  private int at;

  private EventLine(byte[] line, int from, int end) {
    this.line = line;
    this.at = from;
    this.end = end;
  }

  /**
   * Takes the members of a line; false when it is not exactly in the form events are written in.
   */
  static boolean scan(byte[] line, int from, int end, EventMembers into) {
    into.begin(line);
    return new EventLine(line, from, end).members(into);
  }

  private boolean members(EventMembers into) {
    if (!take('{')) {
      return false;
    }
    int next = 0;
    boolean more = true;
    while (more) {
      int start = at;
      while (next < WIRE.length && !startsWith(WIRE[next].prefix())) {
        if (WIRE[next].field().isAlwaysWritten()) {
          return false;
        }
        next++;
      }
      if (next == WIRE.length) {
        return false;
      }
      MemberSlot slot = WIRE[next++];
      at += slot.prefix().length;
      int valueStart = at;
      if (!value(slot.field().kind()) || (isZero(valueStart) && !slot.field().isAlwaysWritten())) {
        return false;
      }
      into.set(slot, start, at);
      more = take(',');
    }
    while (next < WIRE.length) {
      if (WIRE[next++].field().isAlwaysWritten()) {
        return false;
      }
    }
    return take('}') && at == end;
  }

  private boolean startsWith(byte[] prefix) {
    // The byte after the quote tells most members apart.
    if (end - at < prefix.length || line[at + 1] != prefix[1]) {
      return false;
    }
    return Arrays.equals(line, at, at + prefix.length, prefix, 0, prefix.length);
  }

  private boolean take(char c) {
    if (at < end && line[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean value(AuditField.Kind kind) {
    return switch (kind) {
      case TIME, TEXT -> string();
      case INT -> number();
      case FLAG -> word("true");
      case TEXTS -> strings();
      case OBJECT -> object();
    };
  }

  /** Whether the value just read is one that is left out when written. */
  private boolean isZero(int from) {
    int length = at - from;
    byte first = line[from];
    return (length == 1 && first == '0')
        || (length == 2 && (first == '"' || first == '{' || first == '-' && line[from + 1] == '0'));
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    int i = at;
    while (i < end) {
      // Eight bytes at a time to the next one that is not plain.
      if (i + 8 <= end) {
        long found = notPlain((long) WORD.get(line, i));
        if (found == 0) {
          i += 8;
          continue;
        }
        i += Long.numberOfTrailingZeros(found) >>> 3;
      }
      byte b = line[i];
      if (b == '"') {
        at = i + 1;
        return true;
      }
      if (b == '\\') {
        i++;
        if (i >= end) {
          return false;
        }
        b = line[i];
      }
      if (isControl(b)) {
        return false;
      }
      i++;
    }
    return false;
  }

  /**
   * The high bits of those of eight bytes that are a quote, a backslash or a control character. A
   * borrow may set bits above the lowest one, which is exact.
   */
  private static long notPlain(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long found =
        ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word);
    return found & HIGHS;
  }

  /**
   * None is in a line that was written here; a line feed would make two of it where it is copied.
   */
  private static boolean isControl(byte b) {
    return b >= 0 && b < ' ';
  }

  private boolean number() {
    take('-');
    int start = at;
    while (at < end && line[at] >= '0' && line[at] <= '9') {
      at++;
    }
    return at > start && at - start < 20 && (line[start] != '0' || at == start + 1);
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!take(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean strings() {
    if (!take('[')) {
      return false;
    }
    do {
      if (!string()) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  /** Finds the end of an object by its brackets; what is between them the hash covers. */
  private boolean object() {
    if (at >= end || line[at] != '{') {
      return false;
    }
    int depth = 0;
    while (at < end) {
      byte b = line[at];
      if (b == '"') {
        if (!string()) {
          return false;
        }
        continue;
      }
      if (isControl(b)) {
        return false;
      }
      at++;
      if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return true;
      }
    }
    return false;
  }
}
