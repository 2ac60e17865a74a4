package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Comment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the parser stands: all that must be put back when an attempt failed. */
final class State {
  Tok tok = Tok.EOF;
  String text = "";
  Mark at;
  Mark next;

  /** Where the last token that was no whitespace ended. */
  int lastEnd;

  boolean skippedNewline;
  int wildcards;
  @Nullable Chain<ParserBase.Problem> errors;
  @Nullable Chain<Comment> comments;
  @Nullable Chain<String> hints;
  Map<String, Tok> keywords;

  /** Whether {@code not} negates all that follows it ({@code future.keywords.not}). */
  boolean wholeNot;

  State(Mark start, Map<String, Tok> keywords) {
    this.at = start;
    this.next = start;
    this.keywords = keywords;
  }

  State copy() {
    State s = new State(at, keywords);
    s.tok = tok;
    s.text = text;
    s.next = next;
    s.lastEnd = lastEnd;
    s.skippedNewline = skippedNewline;
    s.wildcards = wildcards;
    s.errors = errors;
    s.comments = comments;
    s.hints = hints;
    s.wholeNot = wholeNot;
    return s;
  }
}
