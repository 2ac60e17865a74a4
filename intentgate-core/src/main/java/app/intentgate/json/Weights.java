package app.intentgate.json;

/** Adds up what there is to walk in values, without overflow. */
final class Weights {
  /** So many characters take about as long as one value. */
  private static final int CHARACTERS = 16;

  private Weights() {}

  /** One more than all the values together. */
  static int of(JsonValue[] values) {
    int sum = 1;
    for (JsonValue v : values) {
      sum = sum(sum, v.weight());
    }
    return sum;
  }

  static int ofText(int length) {
    return 1 + length / CHARACTERS;
  }

  static int sum(int a, int b) {
    int sum = a + b;
    return sum < 0 ? Integer.MAX_VALUE : sum;
  }
}
