package app.intentgate.json;

/** Rego's total order of values. */
final class ValueOrder {
  /** So many values are compared in the time of a step. */
  static final int COMPARED = 16;

  private ValueOrder() {}

  static int compare(JsonValue a, JsonValue b) {
    if (a == b) {
      return 0;
    }
    int byType = Integer.compare(a.typeOrder(), b.typeOrder());
    if (byType != 0) {
      return byType;
    }
    if (a instanceof JsonString x && b instanceof JsonString y) {
      return compareCodePoints(x.value(), y.value());
    }
    if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
      return x.compareTo(y);
    }
    if (a instanceof JsonBoolean x && b instanceof JsonBoolean y) {
      return Boolean.compare(x.value(), y.value());
    }
    if (a instanceof JsonArray x && b instanceof JsonArray y) {
      return compareArrays(x, y);
    }
    if (a instanceof JsonObject x && b instanceof JsonObject y) {
      return compareObjects(x, y);
    }
    if (a instanceof JsonSet x && b instanceof JsonSet y) {
      return compareSets(x, y);
    }
    return 0;
  }

  /**
   * Compares by code point, which is the order of the UTF-8 bytes; {@link String#compareTo} would
   * put a supplementary character before U+FFFF.
   */
  static int compareCodePoints(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean sx = Character.isSurrogate(x);
        boolean sy = Character.isSurrogate(y);
        if (sx != sy) {
          return sx ? 1 : -1;
        }
        return Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareArrays(JsonArray a, JsonArray b) {
    int shorter = Math.min(a.size(), b.size());
    for (int i = 0; i < shorter; i++) {
      int c = compare(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareSets(JsonSet a, JsonSet b) {
    int shorter = Math.min(a.size(), b.size());
    for (int i = 0; i < shorter; i++) {
      int c = compare(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** Objects compare as their sorted sequences of keys and values, pair by pair. */
  private static int compareObjects(JsonObject a, JsonObject b) {
    int shorter = Math.min(a.size(), b.size());
    for (int i = 0; i < shorter; i++) {
      int x = a.sortedPosition(i);
      int y = b.sortedPosition(i);
      int c = compare(a.keyAt(x), b.keyAt(y));
      if (c == 0) {
        c = compare(a.valueAt(x), b.valueAt(y));
      }
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
