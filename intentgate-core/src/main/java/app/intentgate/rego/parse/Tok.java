package app.intentgate.rego.parse;

import java.util.Map;

/** The kinds of token, with the names that messages use. */
enum Tok {
  ILLEGAL("illegal"),
  EOF("eof"),
  WHITESPACE("whitespace"),
  COMMENT("comment"),
  IDENT("identifier"),
  NUMBER("number"),
  STRING("string"),
  TEMPLATE_PART("template-string-part"),
  TEMPLATE_END("template-string-end"),
  RAW_TEMPLATE_PART("raw-template-string-part"),
  RAW_TEMPLATE_END("raw-template-string-end"),

  PACKAGE("package"),
  IMPORT("import"),
  AS("as"),
  DEFAULT("default"),
  ELSE("else"),
  NOT("not"),
  SOME("some"),
  WITH("with"),
  NULL("null"),
  TRUE("true"),
  FALSE("false"),
  IF("if"),
  CONTAINS("contains"),
  IN("in"),
  EVERY("every"),

  LBRACK("["),
  RBRACK("]"),
  LBRACE("{"),
  RBRACE("}"),
  LPAREN("("),
  RPAREN(")"),
  COMMA(","),
  COLON(":"),
  SEMICOLON(";"),
  DOT("."),

  ADD("plus"),
  SUB("minus"),
  MUL("mul"),
  QUO("div"),
  REM("rem"),
  AND("and"),
  OR("or"),
  UNIFY("eq"),
  ASSIGN("assign"),
  EQUAL("equal"),
  NEQ("neq"),
  GT("gt"),
  GTE("gte"),
  LT("lt"),
  LTE("lte");

  /** Keywords of every version. */
  static final Map<String, Tok> BASE_KEYWORDS =
      Map.ofEntries(
          Map.entry("package", PACKAGE),
          Map.entry("import", IMPORT),
          Map.entry("as", AS),
          Map.entry("default", DEFAULT),
          Map.entry("else", ELSE),
          Map.entry("not", NOT),
          Map.entry("some", SOME),
          Map.entry("with", WITH),
          Map.entry("null", NULL),
          Map.entry("true", TRUE),
          Map.entry("false", FALSE));

  /** Keywords since version 1, to be imported before. */
  static final Map<String, Tok> V1_KEYWORDS =
      Map.of("if", IF, "contains", CONTAINS, "in", IN, "every", EVERY);

  private final String text;

  Tok(String text) {
    this.text = text;
  }

  /** The name in messages; for operators also the name of the built-in behind them. */
  String text() {
    return text;
  }

  /** Whether messages call it a keyword. */
  boolean isKeyword() {
    return BASE_KEYWORDS.containsKey(text) || V1_KEYWORDS.containsKey(text);
  }

  /**
   * How tightly an infix operator binds, from 1 (comparison) to 5 (multiplication); 0 when it is
   * none.
   */
  int infixLevel() {
    return switch (this) {
      case EQUAL, NEQ, GT, GTE, LT, LTE -> 1;
      case OR -> 2;
      case AND -> 3;
      case ADD, SUB -> 4;
      case MUL, QUO, REM -> 5;
      default -> 0;
    };
  }
}
