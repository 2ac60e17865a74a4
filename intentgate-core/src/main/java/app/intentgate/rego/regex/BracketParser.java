package app.intentgate.rego.regex;

/** Reads a class in brackets, such as {@code [^a-z\d[:punct:]]}. */
final class BracketParser {
  private final PatternCursor in;
  private final boolean foldCase;
  private final CodePointSet.Builder set = new CodePointSet.Builder();
  private final int start;

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
          set.addAll(escaped);
        } else {
          range();
        }
      }
    }
    in.pos++;
    CodePointSet result = set.build();
    return negated ? result.negate() : result;
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
    set.addAll(negated ? named.negate() : named);
    return true;
  }

  private RegexSyntaxException missingBracket() {
    return new RegexSyntaxException("missing closing ]", in.pattern.substring(start));
  }
}
