package app.intentgate.rego.parse;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses terms: infix operators by precedence, refs and calls. */
abstract class TermParser extends CollectionParser {
  private static final int LOOSEST = 1;
  private static final int TIGHTEST = 5;

  TermParser(String file, String source, ParserOptions options) {
    super(file, source, options);
  }

  /** One expression of a body. */
  abstract @Nullable Expr parseLiteral();

  // --- operators

  /** A term with operators, {@code k, v in xs} included. */
  final @Nullable Term parseFullTerm() {
    return parseMembership(true);
  }

  @Override
  final @Nullable Term parseListItem() {
    return parseMembership(false);
  }

  private @Nullable Term parseMembership(boolean keyAllowed) {
    Term left = parseInfix(LOOSEST);
    while (left != null) {
      Term member = keyAllowed && at(Tok.COMMA) ? parseKeyedMember(left) : null;
      if (member == null) {
        keywordStartsRef();
        member = at(Tok.IN) ? parseMember(left) : null;
      }
      if (member == null) {
        return left;
      }
      if (!at(Tok.IN)) {
        return member;
      }
      left = member;
    }
    return null;
  }

  private @Nullable Term parseKeyedMember(Term key) {
    State before = save();
    scan();
    Term value = parseInfix(LOOSEST);
    if (value != null && at(Tok.IN)) {
      Location place = location();
      scan();
      Term domain = parseInfix(LOOSEST);
      if (domain != null) {
        return new CallTerm(
            Operators.operator(Operators.MEMBER_WITH_KEY, place),
            List.of(key, value, domain),
            key.location());
      }
    }
    restore(before);
    return null;
  }

  private @Nullable Term parseMember(Term value) {
    Location place = location();
    scan();
    Term domain = parseInfix(LOOSEST);
    return domain == null
        ? null
        : new CallTerm(
            Operators.operator(Operators.MEMBER, place), List.of(value, domain), value.location());
  }

  /**
   * A term with operators that bind at least as tightly as the level. When the operand after an
   * operator is missing, what stood before it is the term, and only looser operators may follow.
   */
  private @Nullable Term parseInfix(int level) {
    Term left = parseTerm();
    int limit = TIGHTEST;
    while (left != null) {
      int here = tok().infixLevel();
      if (here < level || here > limit) {
        return left;
      }
      RefTerm operator = Operators.operator(tok().text(), location());
      scan();
      Term right = here == TIGHTEST ? parseTerm() : parseInfix(here + 1);
      if (right == null) {
        limit = here - 1;
      } else {
        left = new CallTerm(operator, List.of(left, right), left.location());
        limit = here;
      }
    }
    return null;
  }

  // --- terms

  @Override
  final @Nullable Term parseTerm() {
    if (!enter()) {
      return null;
    }
    try {
      Lookup known = recall();
      if (known != null) {
        return known.term();
      }
      int offset = state.at.offset();
      Term term = at(Tok.SUB) ? parseNegated() : parseUnsigned();
      remember(offset, term);
      return term;
    } finally {
      leave();
    }
  }

  /**
   * At a minus sign: before a name it subtracts from zero, before digits it is part of the number.
   */
  private @Nullable Term parseNegated() {
    State before = save();
    Location place = location();
    scan();
    if (!at(Tok.IDENT)) {
      restore(before);
      return parseUnsigned();
    }
    Term term = parseTerm();
    ScalarTerm zero = new ScalarTerm(JsonNumber.ZERO, place);
    return term == null ? null : Operators.call("minus", place, zero, term);
  }

  private @Nullable Term parseUnsigned() {
    Term start = parseStart();
    return start == null ? null : parseRest(start, false);
  }

  /** The term at the current token; that token, or the closing one, stays current. */
  private @Nullable Term parseStart() {
    Location place = location();
    return switch (tok()) {
      case NULL -> new ScalarTerm(JsonNull.NULL, place);
      case TRUE -> ScalarTerm.bool(true, place);
      case FALSE -> ScalarTerm.bool(false, place);
      case SUB, DOT, NUMBER -> Literals.number(this);
      case STRING -> Literals.string(this);
      case TEMPLATE_PART, TEMPLATE_END -> parseTemplate(false);
      case RAW_TEMPLATE_PART, RAW_TEMPLATE_END -> parseTemplate(true);
      case IDENT, CONTAINS -> wildcardOr(state.text, place);
      case LBRACK -> parseArray(place);
      case LBRACE -> parseBraces(place);
      case LPAREN -> parseParenthesized();
      default -> {
        illegal();
        yield null;
      }
    };
  }

  private @Nullable Term parseTemplate(boolean raw) {
    if (!enter()) {
      return null;
    }
    try {
      return TemplateReader.read(this, raw);
    } finally {
      leave();
    }
  }

  private @Nullable Term parseParenthesized() {
    if (!enter()) {
      return null;
    }
    try {
      scan();
      Term inner = parseFullTerm();
      if (inner != null && !at(Tok.RPAREN)) {
        error(location(), "non-terminated expression");
        return null;
      }
      return inner;
    } finally {
      leave();
    }
  }

  /** A rule's name and what follows it: blanks do not end the ref, and operators are wrong. */
  final @Nullable Term parseRestOfHead(Var name) {
    return parseRest(name, true);
  }

  /** What may follow the start of a term: the rest of a ref, a call. */
  private @Nullable Term parseRest(Term start, boolean inHead) {
    scanSpace();
    if (inHead) {
      if (tok().infixLevel() > 0) {
        illegal();
      } else if (at(Tok.WHITESPACE)) {
        scan();
      }
    }
    if (at(Tok.LPAREN) || at(Tok.DOT) || at(Tok.LBRACK)) {
      return parseRef(start);
    }
    if (at(Tok.WHITESPACE)) {
      scan();
    }
    boolean root = start instanceof Var v && (v.name().equals("input") || v.name().equals("data"));
    return root ? new RefTerm(new Ref(List.of(start)), start.location()) : start;
  }

  private @Nullable Term parseRef(Term start) {
    if (!enter()) {
      return null;
    }
    try {
      Location place = start.location();
      if (start instanceof ScalarTerm
          || start instanceof RefTerm
          || start instanceof TemplateString) {
        error(place, "illegal ref (head cannot be " + TypeNames.of(start) + ")");
      }
      List<Term> path = new ArrayList<>();
      path.add(start);
      while (true) {
        switch (tok()) {
          case DOT -> {
            scanSpace();
            if (!at(Tok.IDENT) && !isKeywordForRef()) {
              illegal("expected " + Tok.IDENT.text());
              return null;
            }
            path.add(ScalarTerm.string(state.text, location()));
            scanSpace();
          }
          case LBRACK -> {
            scan();
            Term element = parseFullTerm();
            if (element == null) {
              return null;
            }
            if (!at(Tok.RBRACK)) {
              illegal("expected " + Tok.LBRACK.text());
              return null;
            }
            path.add(element);
            scanSpace();
          }
          case LPAREN -> {
            return parseRestOfCall(parseCall(new RefTerm(new Ref(path), place)));
          }
          default -> {
            if (at(Tok.WHITESPACE)) {
              scan();
            }
            return new RefTerm(new Ref(path), place);
          }
        }
      }
    } finally {
      leave();
    }
  }

  private @Nullable Term parseRestOfCall(@Nullable Term call) {
    if (call != null && at(Tok.WHITESPACE)) {
      scan();
    } else if (call != null && (at(Tok.DOT) || at(Tok.LBRACK))) {
      return parseRef(call);
    }
    return call;
  }

  private @Nullable Term parseCall(RefTerm operator) {
    if (!enter()) {
      return null;
    }
    try {
      Location place = operator.location();
      scan();
      boolean empty = at(Tok.RPAREN);
      List<Term> args = parseItems(Tok.RPAREN, new ArrayList<>());
      if (args == null) {
        return null;
      }
      scanSpace();
      if (empty && operator.ref().isStringPath("set")) {
        return new SetTerm(List.of(), place);
      }
      return new CallTerm(operator, args, place);
    } finally {
      leave();
    }
  }
}
