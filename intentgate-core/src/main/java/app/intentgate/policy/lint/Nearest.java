package app.intentgate.policy.lint;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt one was meant to be. */
final class Nearest {
  private static final int MAX_LENGTH = 40;
  private static final int MAX_DISTANCE = 2;

  private Nearest() {}

  /** The nearest of the known names, when it is near enough and not the same. */
  static Optional<String> to(String name, Collection<String> known) {
    if (name.length() > MAX_LENGTH || known.contains(name)) {
      return Optional.empty();
    }
    String best = null;
    int least = Math.min(MAX_DISTANCE, Math.max(1, name.length() / 3)) + 1;
    for (String candidate : known.stream().sorted().toList()) {
      int distance = distance(plain(name), plain(candidate));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
