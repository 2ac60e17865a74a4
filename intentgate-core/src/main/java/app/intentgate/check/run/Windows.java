package app.intentgate.check.run;

import java.time.Duration;

/** Lengths of time in the words clients of the contract know: {@code 5m0s}, {@code 24h0m0s}. */
final class Windows {
  private Windows() {}

  static String text(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) {
      return length.toMillis() + "ms";
    }
    StringBuilder out = new StringBuilder();
    if (length.toHours() > 0) {
      out.append(length.toHours()).append('h');
    }
    if (length.toMinutes() > 0) {
      out.append(length.toMinutesPart()).append('m');
    }
    out.append(length.toSecondsPart());
    if (length.toMillisPart() > 0) {
      String millis = String.format("%03d", length.toMillisPart());
      out.append('.').append(millis.replaceAll("0+$", ""));
    }
    return out.append('s').toString();
  }
}
