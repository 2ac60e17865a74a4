package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Members of an answer that are left out where they say nothing. */
final class Members {
  private Members() {}

  /** A text, unless it is null or empty. */
  static void text(JsonOutput out, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.name(name).string(value);
    }
  }

  /** A time, unless it is null. */
  static void time(JsonOutput out, String name, @Nullable Instant value) {
    if (value != null) {
      out.name(name).string(value.toString());
    }
  }
}
