package app.intentgate.rego.builtin;

/** The order of keys in YAML: letters after other characters, and digits together as numbers. */
final class NaturalOrder {
  private NaturalOrder() {}

  /** A name as its code points, so that comparing does not have to take it apart again. */
  record Name(String text, int[] points) implements Comparable<Name> {
    static Name of(String text) {
      return new Name(text, text.codePoints().toArray());
    }

    @Override
    public int compareTo(Name other) {
      return compare(points, other.points);
    }
  }

  private static int compare(int[] a, int[] b) {
    boolean digits = false;
    for (int i = 0; i < a.length && i < b.length; i++) {
      if (a[i] == b[i]) {
        digits = Character.isDigit(a[i]);
        continue;
      }
      boolean letterA = Character.isLetter(a[i]);
      boolean letterB = Character.isLetter(b[i]);
      if (letterA && letterB) {
        return Integer.compare(a[i], b[i]);
      }
      if (letterA || letterB) {
        return letterA == digits ? -1 : 1;
      }
      return compareNumbers(a, b, i);
    }
    return Integer.compare(a.length, b.length);
  }

  private static int compareNumbers(int[] a, int[] b, int from) {
    int lead = leading(a, b, from);
    long numberA = lead;
    long numberB = lead;
    int endA = from;
    while (endA < a.length && Character.isDigit(a[endA])) {
      numberA = numberA * 10 + a[endA++] - '0';
    }
    int endB = from;
    while (endB < b.length && Character.isDigit(b[endB])) {
      numberB = numberB * 10 + b[endB++] - '0';
    }
    if (numberA != numberB) {
      return Long.compare(numberA, numberB);
    }
    return endA != endB ? Integer.compare(endA, endB) : Integer.compare(a[from], b[from]);
  }

  /** 1 when a digit other than zero comes before a zero that differs: then the zero counts. */
  private static int leading(int[] a, int[] b, int from) {
    if (a[from] == '0' || b[from] == '0') {
      for (int j = from - 1; j >= 0 && Character.isDigit(a[j]); j--) {
        if (a[j] != '0') {
          return 1;
        }
      }
    }
    return 0;
  }
}
