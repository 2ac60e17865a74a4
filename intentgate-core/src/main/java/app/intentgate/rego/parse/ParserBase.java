package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Comment;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of the parser stand on: the current token, going back, errors with hints, and the
 * memory of terms already parsed. Methods that parse leave the token after what they parsed as the
 * current one, and give null when they could not; the reason is then among the errors, unless
 * another reading is to be tried.
 */
abstract class ParserBase {
  /** What was parsed at an offset, and where that led. */
  private record Parsed(int offset, @Nullable Term term, State after) {}

  final String file;
  final ParserOptions options;
  private final Scanner scanner;
  State state;
  private Deque<Parsed> parsed = new ArrayDeque<>();
  private int depth;

  ParserBase(String file, String source, ParserOptions options) {
    this.file = file;
    this.options = options;
    this.scanner = new Scanner(source);
    Map<String, Tok> keywords = new HashMap<>(Tok.BASE_KEYWORDS);
    if (options.isV1()) {
      keywords.putAll(Tok.V1_KEYWORDS);
    }
    this.state = new State(scanner.start(), Map.copyOf(keywords));
  }

  // --- tokens

  final Tok tok() {
    return state.tok;
  }

  final boolean at(Tok tok) {
    return state.tok == tok;
  }

  /** To the next token that is no whitespace. */
  final void scan() {
    scan(true, Scanner.Mode.PLAIN);
  }

  /** To the next token, whitespace included. */
  final void scanSpace() {
    scan(false, Scanner.Mode.PLAIN);
  }

  final void scan(boolean skipSpace, Scanner.Mode mode) {
    State s = state;
    if (s.tok != Tok.WHITESPACE) {
      s.lastEnd = s.next.offset();
      s.skippedNewline = false;
    }
    while (true) {
      Token token = scanner.scan(s.next, mode);
      s.at = token.at();
      s.next = token.next();
      s.text = token.text();
      s.tok =
          token.kind() == Tok.IDENT
              ? s.keywords.getOrDefault(token.text(), Tok.IDENT)
              : token.kind();
      for (String message : token.errors()) {
        error(location(), message);
      }
      if (!token.errors().isEmpty()) {
        s.tok = Tok.ILLEGAL;
      }
      if (s.tok == Tok.WHITESPACE) {
        if (token.text().equals("\n")) {
          s.skippedNewline = true;
        }
        if (skipSpace) {
          continue;
        }
      }
      if (s.tok != Tok.COMMENT) {
        return;
      }
      s.comments = Chain.add(s.comments, new Comment(commentText(token.text()), location()));
    }
  }

  private static String commentText(String token) {
    return token.substring(1, token.endsWith("\r") ? token.length() - 1 : token.length());
  }

  /** The current token's place. */
  final Location location() {
    return Location.of(file, state.at.row(), state.at.col());
  }

  /** A place with the text from an offset to the last token. */
  final Location withText(Location place, int from) {
    int end = Math.min(state.lastEnd, scanner.source().length());
    String text = from < end ? scanner.source().substring(from, end) : "";
    return new Location(place.file(), place.row(), place.col(), text);
  }

  final Var wildcardOr(String name, Location place) {
    return new Var(name.equals("_") ? Var.WILDCARD_PREFIX + state.wildcards++ : name, place);
  }

  /** Whether the current token is a keyword that may stand in a ref like any name. */
  final boolean isKeywordForRef() {
    String text = state.tok.text();
    return state.tok != Tok.IDENT
        && (Tok.BASE_KEYWORDS.containsKey(text)
            || (options.isV1() && Tok.V1_KEYWORDS.containsKey(text))
            || state.keywords.containsKey(text));
  }

  /** Makes a keyword that starts a ref a name: {@code if.x}, {@code in["y"]}. */
  final boolean keywordStartsRef() {
    if (!isKeywordForRef()) {
      return false;
    }
    State before = save();
    scanSpace();
    boolean ref = at(Tok.DOT) || at(Tok.LBRACK);
    restore(before);
    if (ref) {
      state.tok = Tok.IDENT;
    }
    return ref;
  }

  // --- going back

  final State save() {
    return state.copy();
  }

  final void restore(State saved) {
    state = saved.copy();
  }

  /** The term parsed here before, with the state put after it; absent when there is none. */
  final @Nullable Lookup recall() {
    int here = state.at.offset();
    for (Parsed p : parsed) {
      if (p.offset() < here) {
        return null;
      }
      if (p.offset() == here) {
        restore(p.after());
        return new Lookup(p.term());
      }
    }
    return null;
  }

  /** The outcome of an earlier attempt. */
  record Lookup(@Nullable Term term) {}

  /** Remembers what was parsed at an offset; what was parsed within it is forgotten. */
  final void remember(int offset, @Nullable Term term) {
    while (!parsed.isEmpty() && parsed.getFirst().offset() >= offset) {
      parsed.removeFirst();
    }
    parsed.addFirst(new Parsed(offset, term, save()));
  }

  /** Whether an attempt succeeds from here if these keywords were known. Nothing stays of it. */
  final boolean wouldParse(Map<String, Tok> moreKeywords, Attempt attempt) {
    State before = save();
    Deque<Parsed> memory = parsed;
    parsed = new ArrayDeque<>();
    Map<String, Tok> all = new HashMap<>(state.keywords);
    all.putAll(moreKeywords);
    state.keywords = Map.copyOf(all);
    try {
      return attempt.run();
    } finally {
      restore(before);
      parsed = memory;
    }
  }

  /** Something to try. */
  interface Attempt {
    boolean run();
  }

  /** Parses without these keywords; the keywords, but not the position, are put back after. */
  final @Nullable Term withoutKeywords(Map<String, Tok> less, TermSource source) {
    Map<String, Tok> before = state.keywords;
    Deque<Parsed> memory = parsed;
    parsed = new ArrayDeque<>();
    Map<String, Tok> fewer = new HashMap<>(before);
    fewer.keySet().removeAll(less.keySet());
    state.keywords = Map.copyOf(fewer);
    try {
      return source.parse();
    } finally {
      state.keywords = before;
      parsed = memory;
    }
  }

  /** Parses a term. */
  interface TermSource {
    @Nullable Term parse();
  }

  // --- depth

  final boolean enter() {
    if (++depth > options.maxDepth()) {
      depth--;
      error(location(), "max parsing recursion depth exceeded");
      return false;
    }
    return true;
  }

  final void leave() {
    depth--;
  }

  // --- errors

  final boolean hasErrors() {
    return state.errors != null;
  }

  /** What went wrong; attempts that fail are many, so the details come at the end. */
  record Problem(Location place, String message) {}

  /** The errors found so far, with one more than are told of at most. */
  final List<RegoError> errors() {
    List<RegoError> errors = new ArrayList<>();
    List<Problem> problems = Chain.list(state.errors);
    int told = Math.min(problems.size(), RegoParseException.MAX_ERRORS + 1);
    for (Problem p : problems.subList(0, told)) {
      ErrorLine line = ErrorLine.of(scanner.source(), p.place());
      errors.add(
          new RegoError(ErrorCode.PARSE, p.message(), p.place(), line.details(), line.lines()));
    }
    return errors;
  }

  final void hint(String text) {
    state.hints = Chain.add(state.hints, text);
  }

  final void error(Location place, String message) {
    String text = message;
    if (state.hints != null) {
      String label = Chain.sizeOf(state.hints) == 1 ? " (hint: " : " (hints: ";
      text += label + String.join(", ", Chain.list(state.hints)) + ")";
      state.hints = null;
    }
    state.errors = Chain.add(state.errors, new Problem(place, text));
  }

  /** The current token cannot stand here. */
  final void illegal() {
    illegal("");
  }

  /** The current token cannot stand here, with what should. */
  final void illegal(String note) {
    if (at(Tok.ILLEGAL)) {
      error(location(), "illegal token");
      return;
    }
    String what =
        "unexpected " + state.tok.text() + (state.tok.isKeyword() ? " keyword" : " token");
    error(location(), note.isEmpty() ? what : what + ": " + note);
  }
}
