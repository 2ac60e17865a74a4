package app.intentgate.rego.regex;

import java.util.Arrays;

/** An immutable set of code points, kept as sorted, disjoint, inclusive ranges. */
final class CodePointSet {
  static final CodePointSet ALL = new CodePointSet(new int[] {0, Characters.MAX});
  static final CodePointSet NOT_NEWLINE =
      new CodePointSet(new int[] {0, '\n' - 1, '\n' + 1, Characters.MAX});

  /** Pairs of first and last code point. */
  private final int[] ranges;

  private int hash;
  private final long low;
  private final long high;

  private CodePointSet(int[] ranges) {
    this.ranges = ranges;
    long first = 0;
    long second = 0;
    for (int i = 0; i < ranges.length && ranges[i] < 128; i += 2) {
      for (int c = ranges[i]; c <= Math.min(127, ranges[i + 1]); c++) {
        if (c < 64) {
          first |= 1L << c;
        } else {
          second |= 1L << c;
        }
      }
    }
    this.low = first;
    this.high = second;
  }

  static CodePointSet of(int codePoint) {
    return new CodePointSet(new int[] {codePoint, codePoint});
  }

  /** The given characters. */
  static CodePointSet of(int[] codePoints) {
    Builder b = new Builder();
    for (int c : codePoints) {
      b.add(c, c);
    }
    return b.build();
  }

  boolean contains(int c) {
    if (c < 64) {
      return ((low >>> c) & 1) != 0;
    }
    return c < 128 ? ((high >>> c) & 1) != 0 : search(c);
  }

  private boolean search(int c) {
    int from = 0;
    int to = (ranges.length >> 1) - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      if (c < ranges[2 * middle]) {
        to = middle - 1;
      } else if (c > ranges[2 * middle + 1]) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  int rangeCount() {
    return ranges.length >> 1;
  }

  int first(int range) {
    return ranges[2 * range];
  }

  int last(int range) {
    return ranges[2 * range + 1];
  }

  boolean isEmpty() {
    return ranges.length == 0;
  }

  /** The only member, or {@link Characters#NONE}. */
  int single() {
    return ranges.length == 2 && ranges[0] == ranges[1] ? ranges[0] : Characters.NONE;
  }

  CodePointSet negate() {
    int[] out = new int[ranges.length + 2];
    int n = 0;
    int next = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      if (ranges[i] > next) {
        out[n++] = next;
        out[n++] = ranges[i] - 1;
      }
      next = ranges[i + 1] + 1;
    }
    if (next <= Characters.MAX) {
      out[n++] = next;
      out[n++] = Characters.MAX;
    }
    return new CodePointSet(Arrays.copyOf(out, n));
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof CodePointSet s && Arrays.equals(ranges, s.ranges));
  }

  /** Kept once it is known: a repetition asks again for each copy of its body. */
  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(ranges);
      hash = h;
    }
    return h;
  }

  /** Collects ranges in any order. Not for use by several threads. */
  static final class Builder {
    /** Ranges that may be waiting to be merged before adding merges them. */
    private static final int MERGE_FROM = 1 << 14;

    private long[] items = new long[8];
    private int size;

    Builder add(int first, int last) {
      if (size == items.length) {
        if (size >= MERGE_FROM) {
          merge();
        }
        items = Arrays.copyOf(items, Math.max(size * 2, items.length));
      }
      items[size++] = ((long) first << 32) | last;
      return this;
    }

    Builder addAll(CodePointSet set) {
      for (int i = 0; i < set.rangeCount(); i++) {
        add(set.first(i), set.last(i));
      }
      return this;
    }

    CodePointSet build() {
      merge();
      int[] out = new int[2 * size];
      for (int i = 0; i < size; i++) {
        out[2 * i] = (int) (items[i] >>> 32);
        out[2 * i + 1] = (int) items[i];
      }
      return new CodePointSet(out);
    }

    private void merge() {
      Arrays.sort(items, 0, size);
      int n = 0;
      for (int i = 0; i < size; i++) {
        long first = items[i] >>> 32;
        int last = (int) items[i];
        if (n > 0 && first <= (int) items[n - 1] + 1L) {
          int end = Math.max((int) items[n - 1], last);
          items[n - 1] = ((items[n - 1] >>> 32) << 32) | end;
        } else {
          items[n++] = items[i];
        }
      }
      size = n;
    }
  }
}
