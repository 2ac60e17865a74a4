package app.intentgate.rego.graphql;

import app.intentgate.text.GoText;

/**
 * A piece of GraphQL.
 *
 * @param kind what it is
 * @param value its text, without quotes and with escapes resolved; empty for punctuators
 * @param line where it starts, from 1
 * @param column where it starts, from 1, in code points
 */
record Token(Kind kind, String value, int line, int column) {
  /** The kinds, with the words that errors use. */
  enum Kind {
    EOF("<EOF>"),
    BANG("!"),
    DOLLAR("$"),
    AMP("&"),
    PAREN_L("("),
    PAREN_R(")"),
    SPREAD("..."),
    COLON(":"),
    EQUALS("="),
    AT("@"),
    BRACKET_L("["),
    BRACKET_R("]"),
    BRACE_L("{"),
    BRACE_R("}"),
    PIPE("|"),
    NAME("Name"),
    INT("Int"),
    FLOAT("Float"),
    STRING("String"),
    BLOCK_STRING("BlockString");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  boolean isName(String name) {
    return kind == Kind.NAME && value.equals(name);
  }

  /** As errors show it. */
  String shown() {
    return value.isEmpty() ? kind.word() : kind.word() + " " + GoText.quote(value);
  }

  GraphqlException problem(String what) {
    return new GraphqlException(what, line, column);
  }
}
