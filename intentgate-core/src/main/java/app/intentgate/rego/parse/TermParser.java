package app.intentgate.rego.parse;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses terms: infix operators by precedence, refs and calls, collections, comprehensions.
 *
 * <p>A bar after the first term of a collection is first read as the start of a comprehension, and
 * as the union operator when that fails.
 */
abstract class TermParser extends ParserBase {
  private static final int LOOSEST = 1;
  private static final int TIGHTEST = 5;

  TermParser(String file, String source, ParserOptions options) {
    super(file, source, options);
  }

  /** The expressions up to a closing token, which stays the current one. */
  abstract @Nullable Body parseBody(Tok end);

  /** One expression of a body. */
  abstract @Nullable Expr parseLiteral();

  // --- operators

  /** A term with operators, {@code k, v in xs} included. */
  final @Nullable Term parseFullTerm() {
    return parseMembership(true);
  }

  /** A term with operators, as an item of a list: commas separate. */
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

  /** A term without operators around it. */
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
      case TEMPLATE_PART, TEMPLATE_END -> TemplateReader.read(this, false);
      case RAW_TEMPLATE_PART, RAW_TEMPLATE_END -> TemplateReader.read(this, true);
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

  private @Nullable Term parseParenthesized() {
    scan();
    Term inner = parseFullTerm();
    if (inner != null && !at(Tok.RPAREN)) {
      error(location(), "non-terminated expression");
      return null;
    }
    return inner;
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

  // --- collections

  private @Nullable Term parseArray(Location place) {
    scan();
    if (at(Tok.RBRACK)) {
      return new ArrayTerm(List.of(), place);
    }
    boolean comprehension = !skipComma();
    State before = save();
    Term head = parseTerm();
    if (head == null) {
      return null;
    }
    if (at(Tok.RBRACK) || at(Tok.COMMA)) {
      List<Term> items = parseMoreItems(Tok.RBRACK, head);
      return items == null ? null : new ArrayTerm(items, place);
    }
    if (at(Tok.OR) && comprehension) {
      scan();
      Body body = parseBody(Tok.RBRACK);
      if (body != null) {
        return new ArrayComprehension(head, body, place);
      }
      if (!at(Tok.COMMA)) {
        return null;
      }
    }
    restore(before);
    List<Term> items = parseItems(Tok.RBRACK, new ArrayList<>());
    return items == null ? null : new ArrayTerm(items, place);
  }

  /** A comma before the first item is passed over, as OPA does. */
  private boolean skipComma() {
    if (at(Tok.COMMA)) {
      scan();
      return true;
    }
    return false;
  }

  private @Nullable Term parseBraces(Location place) {
    scan();
    if (at(Tok.RBRACE)) {
      return new ObjectTerm(List.of(), place);
    }
    boolean comprehension = !skipComma();
    State before = save();
    Term head = parseTerm();
    if (head == null) {
      return null;
    }
    if (at(Tok.OR) && comprehension) {
      return parseSetOfBar(place, before, head);
    }
    if (at(Tok.RBRACE) || at(Tok.COMMA)) {
      return parseSet(place, head);
    }
    if (at(Tok.COLON)) {
      return parseObject(place, head, comprehension);
    }
    restore(before);
    head = parseListItem();
    if (head == null) {
      return null;
    }
    if (at(Tok.RBRACE) || at(Tok.COMMA)) {
      return parseSet(place, head);
    }
    if (at(Tok.COLON)) {
      return parseObject(place, head, comprehension);
    }
    illegal("non-terminated set");
    return null;
  }

  private @Nullable Term parseSet(Location place, Term head) {
    List<Term> items = parseMoreItems(Tok.RBRACE, head);
    return items == null ? null : new SetTerm(items, place);
  }

  private @Nullable Term parseSetOfBar(Location place, State before, Term head) {
    scan();
    Body body = parseBody(Tok.RBRACE);
    if (body != null) {
      return new SetComprehension(head, body, place);
    }
    if (!at(Tok.COMMA)) {
      return null;
    }
    restore(before);
    List<Term> items = parseItems(Tok.RBRACE, new ArrayList<>());
    return items == null ? null : new SetTerm(items, place);
  }

  private @Nullable Term parseObject(Location place, Term key, boolean comprehension) {
    scan();
    State before = save();
    Term value = parseTerm();
    if (value == null) {
      return null;
    }
    boolean closed = at(Tok.RBRACE) || at(Tok.COMMA);
    if (comprehension && (closed || at(Tok.OR))) {
      Term object = at(Tok.OR) ? parseBar(place, key, value) : parseMembers(place, key, value);
      if (object != null) {
        return object;
      }
    }
    restore(before);
    if (!comprehension || !closed) {
      value = parseListItem();
      if (value == null) {
        return null;
      }
      if (at(Tok.RBRACE) || at(Tok.COMMA)) {
        return parseMembers(place, key, value);
      }
    }
    illegal("non-terminated object");
    return null;
  }

  private @Nullable Term parseBar(Location place, Term key, Term value) {
    scan();
    Body body = parseBody(Tok.RBRACE);
    return body == null ? null : new ObjectComprehension(key, value, body, place);
  }

  /** The members after the first. */
  private @Nullable Term parseMembers(Location place, Term firstKey, Term firstValue) {
    List<ObjectTerm.Entry> entries = new ArrayList<>();
    entries.add(new ObjectTerm.Entry(firstKey, firstValue));
    while (at(Tok.COMMA)) {
      scan();
      if (at(Tok.RBRACE)) {
        break;
      }
      Term key = parseListItem();
      if (key == null) {
        return null;
      }
      if (!at(Tok.COLON)) {
        illegal("expected \":\"");
        return null;
      }
      scan();
      Term value = parseListItem();
      if (value == null) {
        return null;
      }
      entries.add(new ObjectTerm.Entry(key, value));
      if (!at(Tok.RBRACE) && !at(Tok.COMMA)) {
        illegal("expected \",\" or \"}\"");
        return null;
      }
    }
    return new ObjectTerm(entries, place);
  }

  private @Nullable List<Term> parseMoreItems(Tok end, Term first) {
    List<Term> items = new ArrayList<>();
    items.add(first);
    if (at(Tok.COMMA)) {
      scan();
      return parseItems(end, items);
    }
    return items;
  }

  /** Items up to the closing token, which stays current; a comma may stand before it. */
  private @Nullable List<Term> parseItems(Tok end, List<Term> items) {
    while (!at(end)) {
      Term item = parseListItem();
      if (item == null) {
        return null;
      }
      items.add(item);
      if (at(Tok.COMMA)) {
        scan();
      } else if (!at(end)) {
        illegal("expected \",\" or \"" + end.text() + "\"");
        return null;
      }
    }
    return items;
  }
}
