package app.intentgate.rego.time;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;

/**
 * The short names of zones as the time zone database has them ({@code CET}, {@code PDT}), and zones
 * by name. The JDK does not carry the short names of that database, only those of its locales,
 * which name more zones: a name of theirs is used where it is one of the database's for that
 * offset, and the offset itself, as in the database, where it is not.
 */
public final class ZoneNames {
  /** Offsets in minutes at which the database uses a name. */
  private static final Map<String, int[]> OFFSETS =
      Map.ofEntries(
          Map.entry("UTC", new int[] {0}),
          Map.entry("GMT", new int[] {0}),
          Map.entry("BST", new int[] {60}),
          Map.entry("IST", new int[] {60, 120, 330}),
          Map.entry("IDT", new int[] {180}),
          Map.entry("WET", new int[] {0}),
          Map.entry("WEST", new int[] {60}),
          Map.entry("CET", new int[] {60}),
          Map.entry("CEST", new int[] {120}),
          Map.entry("EET", new int[] {120}),
          Map.entry("EEST", new int[] {180}),
          Map.entry("MSK", new int[] {180}),
          Map.entry("WAT", new int[] {60}),
          Map.entry("CAT", new int[] {120}),
          Map.entry("SAST", new int[] {120}),
          Map.entry("EAT", new int[] {180}),
          Map.entry("PKT", new int[] {300}),
          Map.entry("WIB", new int[] {420}),
          Map.entry("WITA", new int[] {480}),
          Map.entry("WIT", new int[] {540}),
          Map.entry("HKT", new int[] {480}),
          Map.entry("CST", new int[] {480, -360, -300}),
          Map.entry("CDT", new int[] {-300, -240}),
          Map.entry("JST", new int[] {540}),
          Map.entry("KST", new int[] {540}),
          Map.entry("AWST", new int[] {480}),
          Map.entry("ACST", new int[] {570}),
          Map.entry("ACDT", new int[] {630}),
          Map.entry("AEST", new int[] {600}),
          Map.entry("AEDT", new int[] {660}),
          Map.entry("NZST", new int[] {720}),
          Map.entry("NZDT", new int[] {780}),
          Map.entry("ChST", new int[] {600}),
          Map.entry("SST", new int[] {-660}),
          Map.entry("HST", new int[] {-600}),
          Map.entry("HDT", new int[] {-540}),
          Map.entry("AKST", new int[] {-540}),
          Map.entry("AKDT", new int[] {-480}),
          Map.entry("PST", new int[] {-480, 480}),
          Map.entry("PDT", new int[] {-420}),
          Map.entry("MST", new int[] {-420}),
          Map.entry("MDT", new int[] {-360}),
          Map.entry("EST", new int[] {-300}),
          Map.entry("EDT", new int[] {-240}),
          Map.entry("AST", new int[] {-240}),
          Map.entry("ADT", new int[] {-180}),
          Map.entry("NST", new int[] {-210}),
          Map.entry("NDT", new int[] {-150}));

  /** All names the JDK knows; asking for them copies them. */
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  /** Zones of the database that are offsets, and that older JDKs leave out. */
  private static final Map<String, ZoneId> FIXED =
      Map.of(
          "EST", ZoneOffset.ofHours(-5),
          "MST", ZoneOffset.ofHours(-7),
          "HST", ZoneOffset.ofHours(-10));

  /** Zones that locales name like others, and the database does not name. */
  private static final Set<String> NAMELESS =
      Set.of(
          "Pacific/Pitcairn",
          "Africa/Casablanca",
          "Africa/El_Aaiun",
          "Antarctica/Casey",
          "Antarctica/Troll",
          "Asia/Colombo",
          "Europe/Minsk");

  private ZoneNames() {}

  /**
   * The zone of a name of the time zone database; empty and {@code UTC} are UTC, {@code Local} is
   * the zone of the machine.
   *
   * @throws TimeSyntaxException when there is none of that name
   */
  public static ZoneId zone(String name) {
    if (name.isEmpty() || name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    if (name.equals("Local")) {
      return ZoneId.systemDefault();
    }
    ZoneId fixed = FIXED.get(name);
    if (fixed != null) {
      return fixed;
    }
    if (name.contains("..") || name.startsWith("/") || name.startsWith("\\")) {
      throw new TimeSyntaxException("time: invalid location name");
    }
    if (name.startsWith("SystemV/") || !ZONES.contains(name)) {
      throw new TimeSyntaxException("unknown time zone " + name);
    }
    return ZoneId.of(name);
  }

  /** The short name in force at a time. */
  static String of(ZonedDateTime time) {
    ZoneId zone = time.getZone();
    int seconds = time.getOffset().getTotalSeconds();
    if (zone.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    for (Map.Entry<String, ZoneId> f : FIXED.entrySet()) {
      if (f.getValue().equals(zone)) {
        return f.getKey();
      }
    }
    ZoneRules rules = zone.getRules();
    if (!rules.getTransitions().isEmpty()
        && time.toInstant().isBefore(rules.getTransitions().get(0).getInstant())) {
      return "LMT";
    }
    boolean summer = rules.isDaylightSavings(time.toInstant());
    String name = TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.US);
    int[] offsets = OFFSETS.get(name);
    if (offsets != null && !NAMELESS.contains(zone.getId())) {
      for (int minutes : offsets) {
        if (minutes * 60 == seconds) {
          return name;
        }
      }
    }
    return number(seconds);
  }

  private static String number(int seconds) {
    int minutes = Math.abs(seconds) / 60;
    String hours = "%s%02d".formatted(seconds < 0 ? "-" : "+", minutes / 60);
    return minutes % 60 == 0 ? hours : hours + "%02d".formatted(minutes % 60);
  }
}
