package app.intentgate.text;

/** Tells texts that UTF-8 can hold from those with half a surrogate pair. */
public final class WellFormed {
  private WellFormed() {}

  /** Whether every surrogate in a text is one of a pair. */
  public static boolean isWellFormed(String text) {
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
