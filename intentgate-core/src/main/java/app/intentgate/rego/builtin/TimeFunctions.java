package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.time.GoDuration;
import app.intentgate.rego.time.TimeLayout;
import app.intentgate.rego.time.TimeSyntaxException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.zone.ZoneRules;
import java.util.Locale;

/** {@code time.*}: nanoseconds since 1970, read, written and computed with as Go does. */
final class TimeFunctions {
  private static final long NANOS = 1_000_000_000L;
  private static final int MAX_LAYOUT = 10_000;

  private TimeFunctions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    String time = "(number | array<number, string>)";
    b.add(
        BuiltinSignature.parse("time.now_ns(): number")
            .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
        (c, a) -> JsonNumber.of(c.nowNanos()));
    b.add("time.parse_ns(string, string): number", TimeFunctions::parse);
    b.add("time.parse_rfc3339_ns(string): number", TimeFunctions::parseRfc3339);
    b.add("time.parse_duration_ns(string): number", TimeFunctions::parseDuration);
    b.add(
        "time.format(number | array<number, string> | array<number, string, string>): string",
        TimeFunctions::format);
    b.add("time.date" + time + ": array<number, number, number>", TimeFunctions::date);
    b.add("time.clock" + time + ": array<number, number, number>", TimeFunctions::clock);
    b.add("time.weekday" + time + ": string", TimeFunctions::weekday);
    b.add("time.add_date(number, number, number, number): number", TimeFunctions::addDate);
    b.add(
        "time.diff(number | array<number, string>, number | array<number, string>):"
            + " array<number, number, number, number, number, number>",
        TimeFunctions::diff);
  }

  private static BuiltinException failure(TimeSyntaxException e) {
    return BuiltinException.of(String.valueOf(e.getMessage()));
  }

  private static JsonValue nanos(Instant time) throws BuiltinException {
    BigInteger nanos =
        BigInteger.valueOf(time.getEpochSecond())
            .multiply(BigInteger.valueOf(NANOS))
            .add(BigInteger.valueOf(time.getNano()));
    if (nanos.bitLength() > 63) {
      throw BuiltinException.of("time outside of valid range");
    }
    return JsonNumber.of(nanos.longValue());
  }

  private static TimeLayout compiled(BuiltinContext context, String layout)
      throws BuiltinException {
    if (layout.length() > MAX_LAYOUT) {
      throw BuiltinException.of("layout is longer than " + MAX_LAYOUT + " characters");
    }
    return context.compiled(TimeLayout.class, layout, TimeLayout::compile);
  }

  private static JsonValue parse(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    String layout = Operands.string(args, 0);
    String value = Operands.string(args, 1);
    context.chargeSteps(value.length() + (long) layout.length());
    TimeLayout compiled = compiled(context, layout);
    try {
      return nanos(compiled.parse(value));
    } catch (TimeSyntaxException e) {
      throw failure(e);
    }
  }

  private static JsonValue parseRfc3339(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    try {
      return nanos(TimeLayout.RFC3339.parse(Operands.string(args, 0)));
    } catch (TimeSyntaxException e) {
      throw failure(e);
    }
  }

  private static JsonValue parseDuration(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    try {
      return JsonNumber.of(GoDuration.parseNanos(Operands.string(args, 0)));
    } catch (TimeSyntaxException e) {
      throw failure(e);
    }
  }

  private static JsonValue format(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    ZonedDateTime time = TimeOperand.time(args[0]);
    String layout = TimeOperand.layout(args[0]);
    TimeLayout compiled = layout.isEmpty() ? TimeLayout.RFC3339_NANO : compiled(context, layout);
    context.chargeSteps(layout.length());
    context.chargeBytes(layout.length() * 4L);
    return JsonString.of(compiled.format(time));
  }

  private static JsonArray numbers(int... values) {
    JsonValue[] items = new JsonValue[values.length];
    for (int i = 0; i < values.length; i++) {
      items[i] = JsonNumber.of(values[i]);
    }
    return JsonArray.of(items);
  }

  private static JsonValue date(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    ZonedDateTime t = TimeOperand.time(args[0]);
    return numbers(t.getYear(), t.getMonthValue(), t.getDayOfMonth());
  }

  private static JsonValue clock(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    ZonedDateTime t = TimeOperand.time(args[0]);
    return numbers(t.getHour(), t.getMinute(), t.getSecond());
  }

  private static JsonValue weekday(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    ZonedDateTime t = TimeOperand.time(args[0]);
    return JsonString.of(t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  /** Months and days beyond the calendar run over into the next: January 31 plus a month. */
  private static JsonValue addDate(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    ZonedDateTime t = TimeOperand.time(args[0]);
    long years = Numbers.integer(args, 1);
    long months = Numbers.integer(args, 2);
    long days = Numbers.integer(args, 3);
    try {
      long month = Math.addExact(t.getMonthValue() - 1, months);
      long year = Math.addExact(t.getYear() + Math.floorDiv(month, 12), years);
      LocalDate first = LocalDate.of(Math.toIntExact(year), Math.floorMod(month, 12) + 1, 1);
      LocalDate date = first.plusDays(Math.addExact(t.getDayOfMonth() - 1, days));
      LocalDateTime local = date.atTime(t.toLocalTime());
      return nanos(inZone(local, t.getZone().getRules()));
    } catch (ArithmeticException | java.time.DateTimeException e) {
      throw BuiltinException.of("time outside of valid range");
    }
  }

  /**
   * When clocks of a zone show a time. For one that they show twice, or never, this is Go's choice:
   * the offset that holds when clocks of UTC show it leads to the time whose offset counts.
   */
  private static Instant inZone(LocalDateTime local, ZoneRules zone) {
    Instant shown = local.toInstant(ZoneOffset.UTC);
    int offset = zone.getOffset(shown).getTotalSeconds();
    return shown.minusSeconds(zone.getOffset(shown.minusSeconds(offset)).getTotalSeconds());
  }

  private static JsonValue diff(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    ZonedDateTime first = TimeOperand.time(args[0]);
    ZonedDateTime second = TimeOperand.time(args[1]).withZoneSameInstant(first.getZone());
    boolean inOrder = !first.isAfter(second);
    ZonedDateTime from = inOrder ? first : second;
    ZonedDateTime to = inOrder ? second : first;
    int[] difference = {
      to.getYear() - from.getYear(),
      to.getMonthValue() - from.getMonthValue(),
      to.getDayOfMonth() - from.getDayOfMonth(),
      to.getHour() - from.getHour(),
      to.getMinute() - from.getMinute(),
      to.getSecond() - from.getSecond()
    };
    // What each part borrows from the part before it.
    int[] larger = {0, 12, YearMonth.from(from).lengthOfMonth(), 24, 60, 60};
    for (int i = 5; i > 0; i--) {
      if (difference[i] < 0) {
        difference[i] += larger[i];
        difference[i - 1]--;
      }
    }
    return numbers(difference);
  }
}
