package app.intentgate.server.redis;

import app.intentgate.budget.Charge;
import java.util.Locale;

/** Names of counters in Redis. */
final class RedisKeys {
  private RedisKeys() {}

  /**
   * The key of a counter. No two counters share one: tenant and name are escaped. What is in braces
   * decides where a cluster keeps it, and all counters of a call are of one tenant.
   */
  static String of(Charge charge) {
    return "intentgate:budget:{"
        + escaped(charge.tenant())
        + "}:"
        + charge.kind().name().toLowerCase(Locale.ROOT)
        + ":"
        + escaped(charge.key());
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '.';
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%04X", (int) c));
      }
    }
    return out.toString();
  }
}
