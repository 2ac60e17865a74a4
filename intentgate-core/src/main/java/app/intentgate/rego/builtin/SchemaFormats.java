package app.intentgate.rego.builtin;

import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** The formats of JSON schema. A format that is not known fits every text. */
final class SchemaFormats {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile(
          "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]++)?"
              + "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?");
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]++@[A-Za-z0-9.\\[\\]:-]++");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?");
  private static final Pattern UUID =
      Pattern.compile("(?i)[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}");
  private static final Regex POINTER = Regex.compile("^(?:/(?:[^/~]|~[01])*)*$");
  private static final Regex RELATIVE_POINTER =
      Regex.compile("^(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^/~]|~[01])*)*)$");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final int MAX_HOSTNAME = 255;

  private SchemaFormats() {}

  static boolean fits(BuiltinContext context, String format, String text) {
    return switch (format) {
      case "date" -> isDate(text);
      case "time" -> TIME.matcher(text).matches();
      case "date-time" -> isDateTime(text);
      case "email", "idn-email" -> EMAIL.matcher(text).matches();
      case "hostname", "idn-hostname" -> isHostname(text);
      case "ipv4" -> IPV4.matcher(text).matches();
      case "ipv6" -> isIpv6(text);
      case "uri", "iri" -> isUri(text, true);
      case "uri-reference", "iri-reference" -> isUri(text, false);
      case "uuid" -> UUID.matcher(text).matches();
      case "regex" -> isRegex(context, text);
      case "json-pointer" -> POINTER.matches(text);
      case "relative-json-pointer" -> RELATIVE_POINTER.matches(text);
      default -> true;
    };
  }

  private static boolean isDate(String text) {
    if (!DATE.matcher(text).matches()) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A date, a time, or both with a zone: the library that OPA uses takes all three. */
  private static boolean isDateTime(String text) {
    int t = text.indexOf('T');
    if (t < 0) {
      return isDate(text) || TIME.matcher(text).matches();
    }
    String time = text.substring(t + 1);
    boolean zoned = time.endsWith("Z") || time.length() > 6 && "+-".indexOf(zoneSign(time)) >= 0;
    return isDate(text.substring(0, t)) && zoned && TIME.matcher(time).matches();
  }

  private static char zoneSign(String time) {
    return time.charAt(time.length() - 6);
  }

  private static boolean isHostname(String text) {
    if (text.isEmpty() || text.length() > MAX_HOSTNAME) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIpv6(String text) {
    String address = text;
    int dot = text.indexOf('.');
    if (dot >= 0) {
      int colon = text.lastIndexOf(':', dot);
      if (colon < 0 || !IPV4.matcher(text.substring(colon + 1)).matches()) {
        return false;
      }
      address = text.substring(0, colon + 1) + "0:0";
    }
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address) == 8;
    }
    int before = groups(address.substring(0, gap));
    int after = groups(address.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** How many groups of hexadecimal digits stand between colons; -1 when something else does. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] groups = text.split(":", -1);
    for (String g : groups) {
      if (!g.matches("[0-9a-fA-F]{1,4}")) {
        return -1;
      }
    }
    return groups.length;
  }

  private static boolean isUri(String text, boolean absolute) {
    try {
      GoUrl url = GoUrl.parse(text);
      return text.indexOf('\\') < 0 && (!absolute || !url.scheme().isEmpty());
    } catch (BuiltinException e) {
      return false;
    }
  }

  private static boolean isRegex(BuiltinContext context, String text) {
    try {
      RegexFunctions.compile(context, text);
      return true;
    } catch (BuiltinException e) {
      return false;
    }
  }
}
