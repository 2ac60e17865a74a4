package app.intentgate.rego.regex;

import java.util.HashSet;
import java.util.Set;

/** Reads a class in brackets, such as {@code [^a-z\d[:punct:]]}. */
final class BracketParser {
  private final PatternCursor in;
  private final boolean foldCase;
  private final CodePointSet.Builder set = new CodePointSet.Builder();
  private final int start;

  /** Large ones may be named very often. */
  private final Set<CodePointSet> classes = new HashSet<>();

  private BracketParser(PatternCursor in, boolean foldCase) {
    this.in = in;
    this.foldCase = foldCase;
    this.start = in.pos;
  }

  /** Reads from the opening bracket to behind the closing one. */
  static CodePointSet parse(PatternCursor in, boolean foldCase) {
    return new BracketParser(in, foldCase).parse();
  }

  private CodePointSet parse() {
    in.pos++;
    boolean negated = in.skip("^");
    for (boolean first = true; first || in.ahead(0) != ']' || in.atEnd(); first = false) {
      if (in.atEnd()) {
        throw missingBracket();
      }
      if (!posixClass()) {
        CodePointSet escaped = in.classEscape(foldCase);
        if (escaped != null) {
          addOnce(escaped);
        } else {
          range();
        }
      }
    }
    in.pos++;
    CodePointSet result = set.build();
    return negated ? result.negate() : result;
  }

  private void addOnce(CodePointSet escaped) {
    if (classes.add(escaped)) {
      set.addAll(escaped);
    }
  }

  private void range() {
    int rangeStart = in.pos;
    int first = character();
    int last = first;
    if (in.ahead(0) == '-' && in.pos + 1 < in.pattern.length() && in.ahead(1) != ']') {
      in.pos++;
      last = character();
      if (last < first) {
        throw in.error("invalid character class range", rangeStart);
      }
    }
    if (foldCase) {
      in.count(CaseFolding.members(first, last));
      set.addAll(CaseFolding.of(new CodePointSet.Builder().add(first, last).build()));
    } else {
      set.add(first, last);
    }
  }

  private int character() {
    if (in.atEnd()) {
      throw missingBracket();
    }
    return in.peek() == '\\' ? in.characterEscape() : in.next();
  }

  /** {@code [:name:]}; brackets and a colon without the closing pair are plain characters. */
  private boolean posixClass() {
    if (in.ahead(0) != '[' || in.ahead(1) != ':') {
      return false;
    }
    int close = in.pattern.indexOf(":]", in.pos + 2);
    if (close < 0) {
      return false;
    }
    int nameStart = in.pos;
    String name = in.pattern.substring(nameStart + 2, close);
    boolean negated = name.startsWith("^");
    in.pos = close + 2;
    CodePointSet named = NamedSets.posix(negated ? name.substring(1) : name);
    if (named == null) {
      throw in.error("invalid character class range", nameStart);
    }
    named = foldCase ? CaseFolding.of(named) : named;
    addOnce(negated ? named.negate() : named);
    return true;
  }

  private RegexSyntaxException missingBracket() {
    return new RegexSyntaxException("missing closing ]", in.pattern.substring(start));
  }
}
