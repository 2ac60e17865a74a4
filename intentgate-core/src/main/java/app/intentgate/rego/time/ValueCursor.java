package app.intentgate.rego.time;

import java.util.List;

/** A place in a text that a layout is read against. */
final class ValueCursor {
  final String value;
  int pos;

  ValueCursor(String value) {
    this.value = value;
  }

  boolean atEnd() {
    return pos == value.length();
  }

  int left() {
    return value.length() - pos;
  }

  String rest() {
    return value.substring(pos);
  }

  /** The char some places ahead; NUL behind the end. */
  char at(int ahead) {
    return pos + ahead < value.length() ? value.charAt(pos + ahead) : 0;
  }

  boolean skip(String text) {
    boolean here = value.startsWith(text, pos);
    if (here) {
      pos += text.length();
    }
    return here;
  }

  String take(int length) {
    String taken = value.substring(pos, pos + length);
    pos += length;
    return taken;
  }

  /** Reads over literal text; any number of spaces fits any number of spaces. */
  boolean skipText(String text) {
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == ' ') {
        if (!atEnd() && at(0) != ' ') {
          return false;
        }
        while (i < text.length() && text.charAt(i) == ' ') {
          i++;
        }
        while (at(0) == ' ') {
          pos++;
        }
      } else {
        if (atEnd() || at(0) != text.charAt(i)) {
          return false;
        }
        pos++;
        i++;
      }
    }
    return true;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  int digitsAt(int ahead) {
    int end = ahead;
    while (isDigit(at(end))) {
      end++;
    }
    return end - ahead;
  }

  /** How many digits are here, of which so many count. */
  int digits(int most) {
    int count = 0;
    while (count < most && isDigit(at(count))) {
      count++;
    }
    return count;
  }

  /** One or two digits, or two exactly; -1 when there are none. */
  int number(boolean two) {
    int count = digits(2);
    return count == 0 || (two && count < 2) ? -1 : Integer.parseInt(take(count));
  }

  /** The index of the name that is here, in any case; -1 when there is none. */
  int name(List<String> names, boolean shortened) {
    for (int i = 0; i < names.size(); i++) {
      String name = shortened ? Names.shortName(names.get(i)) : names.get(i);
      if (value.regionMatches(true, pos, name, 0, name.length())) {
        pos += name.length();
        return i;
      }
    }
    return -1;
  }

  /** How long the name of a zone that starts here is; 0 when there is none. */
  int zoneNameLength() {
    if (left() < 3) {
      return 0;
    }
    if (value.startsWith("ChST", pos) || value.startsWith("MeST", pos)) {
      return 4;
    }
    if (value.startsWith("GMT", pos)) {
      return 3 + signedOffsetLength(3);
    }
    if (at(0) == '+' || at(0) == '-') {
      return signedOffsetLength(0);
    }
    int capitals = 0;
    while (capitals < 6 && at(capitals) >= 'A' && at(capitals) <= 'Z') {
      capitals++;
    }
    return switch (capitals) {
      case 3 -> 3;
      case 4 -> at(3) == 'T' || value.startsWith("WITA", pos) ? 4 : 0;
      case 5 -> at(4) == 'T' ? 5 : 0;
      default -> 0;
    };
  }

  /** A sign and hours up to 23. */
  private int signedOffsetLength(int ahead) {
    if (at(ahead) != '+' && at(ahead) != '-') {
      return 0;
    }
    int digits = digitsAt(ahead + 1);
    String hours = value.substring(pos + ahead + 1, pos + ahead + 1 + digits);
    String significant = hours.replaceFirst("^0+", "");
    boolean valid =
        digits > 0 && significant.length() <= 2 && Integer.parseInt("0" + significant) <= 23;
    return valid ? 1 + digits : 0;
  }
}
