package app.intentgate.rego.regex;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replacement in Go's notation: {@code $1}, {@code ${name}}, {@code $$}. A name is as long as
 * possible ({@code $1x} is the group {@code 1x}), an unknown one stands for nothing, and a dollar
 * sign that starts none of these is itself.
 */
final class ReplacementTemplate {
  /** Either literal text, or the groups of which the first that took part is inserted. */
  private record Part(String literal, int @Nullable [] groups) {}

  private final List<Part> parts = new ArrayList<>();

  ReplacementTemplate(String template, List<@Nullable String> groupNames, StepBudget budget) {
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < template.length()) {
      char c = template.charAt(i++);
      boolean last = i == template.length();
      if (c != '$' || last) {
        literal.append(c);
        continue;
      }
      if (template.charAt(i) == '$') {
        literal.append('$');
        i++;
        continue;
      }
      boolean braces = template.charAt(i) == '{';
      int start = braces ? i + 1 : i;
      int end = nameEnd(template, start);
      if (end == start || (braces && (end == template.length() || template.charAt(end) != '}'))) {
        literal.append('$');
        continue;
      }
      budget.spend(1 + groupNames.size() / 16);
      parts.add(new Part(literal.toString(), null));
      literal.setLength(0);
      parts.add(new Part("", groups(template.substring(start, end), groupNames)));
      i = braces ? end + 1 : end;
    }
    parts.add(new Part(literal.toString(), null));
  }

  private static int nameEnd(String template, int start) {
    int end = start;
    while (end < template.length()) {
      int c = Characters.at(template, end);
      boolean digit = Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
      if (c != '_' && !digit && !Character.isLetter(c)) {
        break;
      }
      end += Characters.width(c);
    }
    return end;
  }

  private static int[] groups(String name, List<@Nullable String> groupNames) {
    boolean leadingZero = name.length() > 1 && name.charAt(0) == '0';
    if (!leadingZero && name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = Integer.parseInt(name);
      return number < groupNames.size() ? new int[] {number} : new int[0];
    }
    return java.util.stream.IntStream.range(1, groupNames.size())
        .filter(g -> name.equals(groupNames.get(g)))
        .toArray();
  }

  /** How much {@link #appendTo} appends. */
  long length(RegexMatch match) {
    long length = 0;
    for (Part p : parts) {
      int g = inserted(p, match);
      length += p.literal().length() + (g < 0 ? 0 : match.end(g) - match.start(g));
    }
    return length;
  }

  void appendTo(StringBuilder out, String text, RegexMatch match) {
    for (Part p : parts) {
      out.append(p.literal());
      int g = inserted(p, match);
      if (g >= 0) {
        out.append(text, match.start(g), match.end(g));
      }
    }
  }

  /** The first group of a part that took part in a match, or -1. */
  private static int inserted(Part part, RegexMatch match) {
    int[] groups = part.groups();
    if (groups != null) {
      for (int g : groups) {
        if (match.start(g) >= 0) {
          return g;
        }
      }
    }
    return -1;
  }
}
