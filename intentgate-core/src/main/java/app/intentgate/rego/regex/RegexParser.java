package app.intentgate.rego.regex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pattern into its tree. Open groups are kept on a stack of our own, so that no pattern
 * exhausts the thread's. The messages, and the part of the pattern they show, are Go's.
 */
final class RegexParser {
  /** As in Go. */
  private static final int MAX_REPEAT = 1000;

  /** As in Go. */
  private static final int MAX_HEIGHT = 1000;

  /** What is read between a parenthesis and its closing one. */
  private static final class Open {
    final int groupNumber;
    final ParserFlags flagsOutside;
    final List<RegexNode> choices = new ArrayList<>();
    List<RegexNode> parts = new ArrayList<>();

    Open(int groupNumber, ParserFlags flagsOutside) {
      this.groupNumber = groupNumber;
      this.flagsOutside = flagsOutside;
    }

    RegexNode close() {
      choices.add(RegexNode.concat(parts));
      RegexNode body = RegexNode.alternate(choices);
      return groupNumber > 0 ? RegexNode.group(groupNumber, body) : body;
    }
  }

  private final PatternCursor in;
  private final Deque<Open> outer = new ArrayDeque<>();
  private final List<@Nullable String> groupNames = new ArrayList<>();
  private ParserFlags flags = ParserFlags.NONE;
  private Open open = new Open(0, flags);

  private RegexParser(String pattern) {
    this.in = new PatternCursor(pattern);
    groupNames.add(null);
  }

  /** A tree and the names of its groups; the first stands for the whole pattern. */
  record Result(RegexNode tree, List<@Nullable String> groupNames) {}

  static Result parse(String pattern) {
    if (pattern.length() > Regex.MAX_PATTERN) {
      throw new RegexSyntaxException("expression too large", pattern.substring(0, 100) + "...");
    }
    RegexParser parser = new RegexParser(pattern);
    return new Result(parser.parse(), parser.groupNames);
  }

  private RegexNode parse() {
    int lastRepeat = -1;
    while (!in.atEnd()) {
      int start = in.pos;
      int repeat = -1;
      switch (in.peek()) {
        case '(' -> openGroup();
        case ')' -> closeGroup();
        case '|' -> {
          in.pos++;
          open.choices.add(RegexNode.concat(open.parts));
          open.parts = new ArrayList<>();
        }
        case '*', '+', '?' -> {
          int op = in.next();
          repeat(start, lastRepeat, op == '+' ? 1 : 0, op == '?' ? 1 : RegexNode.UNBOUNDED, false);
          repeat = start;
        }
        case '{' -> {
          if (countedRepeat(lastRepeat)) {
            repeat = start;
          } else {
            literal(in.next());
          }
        }
        case '[' -> addSet(BracketParser.parse(in, flags.foldCase()));
        case '.' -> {
          in.pos++;
          addSet(flags.dotMatchesNewline() ? CodePointSet.ALL : CodePointSet.NOT_NEWLINE);
        }
        case '^' -> assertion(flags.multiLine() ? Assertion.BEGIN_LINE : Assertion.BEGIN_TEXT, 1);
        case '$' -> assertion(flags.multiLine() ? Assertion.END_LINE : Assertion.END_TEXT, 1);
        case '\\' -> escape();
        default -> literal(in.next());
      }
      lastRepeat = repeat;
    }
    if (!outer.isEmpty()) {
      throw whole("missing closing )");
    }
    return checked(open.close());
  }

  private RegexSyntaxException whole(String reason) {
    return new RegexSyntaxException(reason, in.pattern);
  }

  private RegexNode checked(RegexNode node) {
    if (node.height() > MAX_HEIGHT) {
      throw whole("expression nests too deeply");
    }
    return node;
  }

  private void add(RegexNode node) {
    open.parts.add(checked(node));
  }

  private void addSet(CodePointSet set) {
    in.count(set.rangeCount());
    add(new RegexNode.OneOf(set));
  }

  private void literal(int c) {
    add(new RegexNode.OneOf(flags.foldCase() ? CaseFolding.of(c) : CodePointSet.of(c)));
  }

  private void assertion(Assertion assertion, int width) {
    in.pos += width;
    add(new RegexNode.Assert(assertion));
  }

  private void escape() {
    switch (in.ahead(1)) {
      case 'A' -> assertion(Assertion.BEGIN_TEXT, 2);
      case 'z' -> assertion(Assertion.END_TEXT, 2);
      case 'b' -> assertion(Assertion.WORD_BOUNDARY, 2);
      case 'B' -> assertion(Assertion.NO_WORD_BOUNDARY, 2);
      case 'Q' -> quoted();
      default -> {
        CodePointSet set = in.classEscape(flags.foldCase());
        if (set != null) {
          addSet(set);
        } else {
          literal(in.characterEscape());
        }
      }
    }
  }

  private void quoted() {
    in.pos += 2;
    int end = in.pattern.indexOf("\\E", in.pos);
    int stop = end < 0 ? in.pattern.length() : end;
    while (in.pos < stop) {
      literal(in.next());
    }
    in.skip("\\E");
  }

  private void openGroup() {
    int number = 0;
    int start = in.pos;
    ParserFlags before = flags;
    if (in.ahead(1) != '?') {
      in.pos++;
      groupNames.add(null);
      number = groupNames.size() - 1;
    } else if (namedGroupHere("(?<") || namedGroupHere("(?P<")) {
      groupNames.add(groupName());
      number = groupNames.size() - 1;
    } else {
      in.pos += 2;
      flags = ParserFlags.read(in, start, flags);
      if (in.next() == ')') {
        return;
      }
    }
    outer.push(open);
    open = new Open(number, before);
  }

  /** A group start with nothing behind it is reported as bad syntax, not as a bad name. */
  private boolean namedGroupHere(String opening) {
    return in.pattern.startsWith(opening, in.pos)
        && in.pos + opening.length() < in.pattern.length();
  }

  private String groupName() {
    int start = in.pos;
    in.pos += in.ahead(2) == '<' ? 3 : 4;
    int nameStart = in.pos;
    int close = in.pattern.indexOf('>', nameStart);
    if (close < 0) {
      in.pos = in.pattern.length();
      throw in.error("invalid named capture", start);
    }
    String name = in.pattern.substring(nameStart, close);
    in.pos = close + 1;
    if (name.isEmpty() || !name.chars().allMatch(Characters::isWord)) {
      throw in.error("invalid named capture", start);
    }
    return name;
  }

  private void closeGroup() {
    if (outer.isEmpty()) {
      throw whole("unexpected )");
    }
    in.pos++;
    RegexNode node = open.close();
    flags = open.flagsOutside;
    open = outer.pop();
    add(node);
  }

  private boolean countedRepeat(int lastRepeat) {
    int start = in.pos;
    RepeatCount count = RepeatCount.read(in);
    if (count == null) {
      return false;
    }
    if (count.min() > MAX_REPEAT
        || count.max() > MAX_REPEAT
        || count.max() != RegexNode.UNBOUNDED && count.min() > count.max()) {
      throw in.error("invalid repeat count", start);
    }
    repeat(start, lastRepeat, count.min(), count.max(), true);
    return true;
  }

  /** The operator has been read, but for the question mark that may follow it. */
  private void repeat(int start, int lastRepeat, int min, int max, boolean counted) {
    boolean greedy = in.skip("?") == flags.swapGreed();
    if (lastRepeat >= 0) {
      throw in.error("invalid nested repetition operator", lastRepeat);
    }
    List<RegexNode> parts = open.parts;
    if (parts.isEmpty()) {
      throw in.error("missing argument to repetition operator", start);
    }
    RegexNode node = RegexNode.repeat(parts.remove(parts.size() - 1), min, max, greedy);
    if (counted && (min >= 2 || max >= 2) && node.copies() > MAX_REPEAT) {
      throw in.error("invalid repeat count", start);
    }
    add(node);
  }
}
