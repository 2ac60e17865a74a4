package app.intentgate.rego.builtin;

import app.intentgate.rego.builtin.PlainGlob.Item;
import app.intentgate.rego.builtin.PlainGlob.Range;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the globs of {@code regex.globs_match}; only {@code . * + [ - ] \} are special. */
final class PlainGlobParser {
  /** Bounds the table of places that {@link PlainGlob#intersects} fills. */
  private static final int MAX_ITEMS = 10_000;

  private static final Range ANY = new Range(0, Character.MAX_CODE_POINT);

  private final String text;
  private final int[] input;
  private final List<Item> items = new ArrayList<>();
  private int pos;
  private boolean escaped;

  private PlainGlobParser(String text) {
    this.text = text;
    this.input = text.codePoints().toArray();
  }

  static PlainGlob parse(String text) throws BuiltinException {
    PlainGlobParser parser = new PlainGlobParser(text);
    while (parser.pos < parser.input.length) {
      parser.item();
    }
    if (parser.items.size() > MAX_ITEMS) {
      throw BuiltinException.of("glob is longer than " + MAX_ITEMS + " characters");
    }
    return new PlainGlob(List.copyOf(parser.items));
  }

  private BuiltinException error(String message) {
    return BuiltinException.of(
        "input:" + text + ", pos:" + pos + ", " + message + ": the input provided is invalid");
  }

  private int next() throws BuiltinException {
    escaped = input[pos] == '\\';
    if (escaped) {
      if (pos + 1 == input.length) {
        throw error("input ends with a \\ (escape) character");
      }
      pos++;
    }
    return input[pos++];
  }

  private void item() throws BuiltinException {
    int c = next();
    List<Range> ranges = List.of(new Range(c, c));
    if (!escaped) {
      switch (c) {
        case '.' -> ranges = List.of(ANY);
        case '[' -> ranges = set();
        case ']' -> throw error("set-close ']' with no preceding '['");
        case '+', '*' ->
            throw error("flag '" + Character.toString(c) + "' must be preceded by a non-flag");
        default -> {}
      }
    }
    int flag = pos < input.length ? input[pos] : 0;
    if (flag == '+' || flag == '*') {
      pos++;
    }
    if (flag != '*') {
      items.add(new Item(ranges, false));
    }
    if (flag == '+' || flag == '*') {
      items.add(new Item(ranges, true));
    }
  }

  private List<Range> set() throws BuiltinException {
    List<Range> ranges = new ArrayList<>();
    int previous = -1;
    while (pos < input.length) {
      int c = next();
      if (c == ']' && !escaped) {
        return merged(ranges);
      }
      if (c == '-' && !escaped) {
        ranges.add(new Range(previous, rangeEnd(previous)));
        previous = -1;
      } else {
        ranges.add(new Range(c, c));
        previous = c;
      }
    }
    throw error("found [ without matching ]");
  }

  private static List<Range> merged(List<Range> ranges) {
    ranges.sort(Comparator.comparingInt(Range::first));
    List<Range> merged = new ArrayList<>();
    for (Range r : ranges) {
      int last = merged.size() - 1;
      if (last >= 0 && r.first() <= merged.get(last).last() + 1) {
        Range before = merged.get(last);
        merged.set(last, new Range(before.first(), Math.max(before.last(), r.last())));
      } else {
        merged.add(r);
      }
    }
    return merged;
  }

  private int rangeEnd(int first) throws BuiltinException {
    if (first < 0) {
      throw error("range character '-' must be preceded by a Unicode character");
    }
    if (pos >= input.length - 1) {
      throw error("range character '-' must be followed by a Unicode character");
    }
    int last = next();
    if (!escaped && (last == ']' || last == '-')) {
      throw error("range character '-' cannot be followed by a special symbol");
    }
    if (last < first) {
      throw error(
          "range is out of order: '%s' comes before '%s' in Unicode"
              .formatted(Character.toString(last), Character.toString(first)));
    }
    return last;
  }
}
