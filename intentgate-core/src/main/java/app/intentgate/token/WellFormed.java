package app.intentgate.token;

/** Tells texts that UTF-8 can hold from those with half a surrogate pair. */
final class WellFormed {
  private WellFormed() {}

  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
