package app.intentgate.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of text at a time. The arithmetic is the usual one for "has a byte below n":
 * a borrow runs upward only from a byte that is, so the lowest mark is always right.
 */
final class Swar {
  /** How many bytes a word holds. */
  static final int BYTES = Long.BYTES;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  private Swar() {}

  /** Eight bytes, the first lowest. */
  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** The lowest so many bytes of a word. */
  static long low(long word, int count) {
    return count == 0 ? 0 : word & (-1L >>> (Long.SIZE - 8 * count));
  }

  /** Marks each byte that is no plain character of a string: quotes, backslashes, not ASCII. */
  static long special(long word) {
    long quotes = word ^ (ONES * '"');
    long backslashes = word ^ (ONES * '\\');
    return (((quotes - ONES) & ~quotes)
            | ((backslashes - ONES) & ~backslashes)
            | ((word - ONES * ' ') & ~word)
            | word)
        & TOPS;
  }

  /** How many bytes come before the first marked one. */
  static int before(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
