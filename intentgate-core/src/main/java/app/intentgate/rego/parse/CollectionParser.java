package app.intentgate.rego.parse;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses collections and comprehensions. A bar after the first term of a collection is first read
 * as the start of a comprehension, and as the union operator when that fails.
 */
abstract class CollectionParser extends ParserBase {
  CollectionParser(String file, String source, ParserOptions options) {
    super(file, source, options);
  }

  /** A term without operators around it. */
  abstract @Nullable Term parseTerm();

  /** A term with operators, as an item of a list: commas separate. */
  abstract @Nullable Term parseListItem();

  /** The expressions up to a closing token, which stays the current one. */
  abstract @Nullable Body parseBody(Tok end);

  final @Nullable Term parseArray(Location place) {
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

  final @Nullable Term parseBraces(Location place) {
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
    return items == null ? null : set(items, place);
  }

  /** Equal elements are found by their hash, which recurses: before they are compared, a check. */
  private static SetTerm set(List<Term> items, Location place) {
    DepthCheck.check(items);
    return new SetTerm(items, place);
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
    return items == null ? null : set(items, place);
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
  final @Nullable List<Term> parseItems(Tok end, List<Term> items) {
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
