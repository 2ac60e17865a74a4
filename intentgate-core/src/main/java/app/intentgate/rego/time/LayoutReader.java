package app.intentgate.rego.time;

import app.intentgate.rego.time.LayoutPart.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a layout apart. What is no known sample stands for itself. */
final class LayoutReader {
  /** Samples, the longer ones before those they start with. */
  private static final Object[][] SAMPLES = {
    {"January", Kind.LONG_MONTH},
    {"Monday", Kind.LONG_WEEKDAY},
    {"MST", Kind.ZONE_NAME},
    {"002", Kind.ZERO_YEAR_DAY},
    {"01", Kind.ZERO_MONTH},
    {"02", Kind.ZERO_DAY},
    {"03", Kind.ZERO_HOUR_12},
    {"04", Kind.ZERO_MINUTE},
    {"05", Kind.ZERO_SECOND},
    {"06", Kind.YEAR},
    {"15", Kind.HOUR},
    {"1", Kind.NUMBER_MONTH},
    {"2006", Kind.LONG_YEAR},
    {"2", Kind.DAY},
    {"__2", Kind.SPACE_YEAR_DAY},
    {"_2", Kind.SPACE_DAY},
    {"3", Kind.HOUR_12},
    {"4", Kind.MINUTE},
    {"5", Kind.SECOND},
    {"PM", Kind.UPPER_PM},
    {"pm", Kind.LOWER_PM},
    {"-070000", Kind.OFFSET},
    {"-07:00:00", Kind.OFFSET},
    {"-0700", Kind.OFFSET},
    {"-07:00", Kind.OFFSET},
    {"-07", Kind.OFFSET},
    {"Z070000", Kind.OFFSET},
    {"Z07:00:00", Kind.OFFSET},
    {"Z0700", Kind.OFFSET},
    {"Z07:00", Kind.OFFSET},
    {"Z07", Kind.OFFSET},
  };

  private LayoutReader() {}

  static List<LayoutPart> read(String layout) {
    List<LayoutPart> parts = new ArrayList<>();
    int textStart = 0;
    int i = 0;
    while (i < layout.length()) {
      LayoutPart part = partAt(layout, i);
      // An underscore in front of a year is no padding.
      if (part != null && part.kind() == Kind.SPACE_DAY && layout.startsWith("_2006", i)) {
        part = null;
      }
      if (part == null) {
        i++;
        continue;
      }
      if (i > textStart) {
        parts.add(new LayoutPart(Kind.TEXT, layout.substring(textStart, i)));
      }
      parts.add(part);
      i += part.text().length();
      textStart = i;
    }
    if (i > textStart) {
      parts.add(new LayoutPart(Kind.TEXT, layout.substring(textStart)));
    }
    return parts;
  }

  private static @Nullable LayoutPart partAt(String layout, int at) {
    char c = layout.charAt(at);
    if (c == '.' || c == ',') {
      return fraction(layout, at);
    }
    for (Object[] sample : SAMPLES) {
      String text = (String) sample[0];
      if (layout.startsWith(text, at)) {
        return new LayoutPart((Kind) sample[1], text);
      }
    }
    char behind = at + 3 < layout.length() ? layout.charAt(at + 3) : ' ';
    boolean wordGoesOn = behind >= 'a' && behind <= 'z';
    if (!wordGoesOn && layout.startsWith("Jan", at)) {
      return new LayoutPart(Kind.MONTH_NAME, "Jan");
    }
    if (!wordGoesOn && layout.startsWith("Mon", at)) {
      return new LayoutPart(Kind.WEEKDAY, "Mon");
    }
    return null;
  }

  private static @Nullable LayoutPart fraction(String layout, int at) {
    int end = at + 1;
    char digit = end < layout.length() ? layout.charAt(end) : ' ';
    if (digit != '0' && digit != '9') {
      return null;
    }
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    if (end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9') {
      return null;
    }
    Kind kind = digit == '0' ? Kind.FRACTION_ZEROS : Kind.FRACTION_NINES;
    return new LayoutPart(kind, layout.substring(at, end));
  }
}
