package app.intentgate.rego.time;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** A compiled layout. Immutable and thread-safe. */
public final class TimeLayout {
  private static final Map<String, String> CONSTANTS =
      Map.of(
          "ANSIC", "Mon Jan _2 15:04:05 2006",
          "UnixDate", "Mon Jan _2 15:04:05 MST 2006",
          "RubyDate", "Mon Jan 02 15:04:05 -0700 2006",
          "RFC822", "02 Jan 06 15:04 MST",
          "RFC822Z", "02 Jan 06 15:04 -0700",
          "RFC850", "Monday, 02-Jan-06 15:04:05 MST",
          "RFC1123", "Mon, 02 Jan 2006 15:04:05 MST",
          "RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700",
          "RFC3339", "2006-01-02T15:04:05Z07:00",
          "RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00");

  /** {@code 2006-01-02T15:04:05Z07:00}. */
  public static final TimeLayout RFC3339 = compile("RFC3339");

  /** The same with as many digits of the second's fraction as are needed. */
  public static final TimeLayout RFC3339_NANO = compile("RFC3339Nano");

  private final String text;
  private final List<LayoutPart> parts;

  private TimeLayout(String text) {
    this.text = text;
    this.parts = LayoutReader.read(text);
  }

  /** A layout, or one of Go's by its name, such as {@code RFC1123Z}. Every text is a layout. */
  public static TimeLayout compile(String layoutOrName) {
    String constant = CONSTANTS.get(layoutOrName);
    return new TimeLayout(constant == null ? layoutOrName : constant);
  }

  /** A time in its zone, written in this layout. */
  public String format(ZonedDateTime time) {
    return new TimeWriter(time).write(parts);
  }

  /**
   * The time a text in this layout writes; UTC where it has no offset. The name of a zone is read
   * over, as in Go when the local zone is UTC.
   *
   * @throws TimeSyntaxException when the text does not fit the layout
   */
  public Instant parse(String value) {
    return new TimeReader(text, value).read(parts);
  }

  /** The layout. */
  @Override
  public String toString() {
    return text;
  }
}
