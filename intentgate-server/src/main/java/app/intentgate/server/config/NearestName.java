package app.intentgate.server.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses which name was meant by one that is not known. */
final class NearestName {
  private NearestName() {}

  /** The name that needs the fewest edits, or null when none is near. */
  static @Nullable String of(String given, Collection<String> known) {
    String best = null;
    int least = Math.max(3, given.length() / 3);
    for (String name : known) {
      int distance = edits(given, name);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best;
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
