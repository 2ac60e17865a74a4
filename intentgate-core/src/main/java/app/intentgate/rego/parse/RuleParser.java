package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses rules that have a body, and defaults. A rule without a body is left to {@link FactRules},
 * which makes it from an expression.
 */
abstract class RuleParser extends LiteralParser {
  /** A head as it is written, before its body decides what it means. */
  private record WrittenHead(
      Ref ref,
      List<Term> args,
      boolean isCall,
      boolean usesContains,
      @Nullable Term key,
      @Nullable Term value,
      boolean assign,
      boolean generatedValue,
      Location location) {
    Head toHead() {
      return new Head(ref, args, key, value, assign, generatedValue, location);
    }

    WrittenHead withValueTrue() {
      return new WrittenHead(
          ref,
          args,
          isCall,
          usesContains,
          key,
          ScalarTerm.bool(true, location),
          assign,
          true,
          location);
    }

    /** {@code p[x]} as element x of the set p. */
    WrittenHead asSetElement() {
      return new WrittenHead(
          ref.prefix(1),
          args,
          isCall,
          usesContains,
          ref.last(),
          null,
          assign,
          generatedValue,
          location);
    }
  }

  RuleParser(String file, String source, ParserOptions options) {
    super(file, source, options);
  }

  /** A rule, and those that further bodies behind it make; null when there is none here. */
  final @Nullable List<Statement> parseRules() {
    Location place = location();
    int from = state.at.offset();
    keywordStartsRef();
    boolean isDefault = at(Tok.DEFAULT);
    if (isDefault) {
      scan();
      keywordStartsRef();
    }
    if (!at(Tok.IDENT)) {
      return null;
    }
    WrittenHead head = parseHead(isDefault);
    if (head == null) {
      return null;
    }
    if (isDefault) {
      return parseDefault(head, place);
    }
    boolean hasIf = at(Tok.IF);
    boolean bracketed = !head.usesContains() && head.ref().size() == 2;
    boolean hasKey = head.usesContains();
    if (bracketed && hasIf) {
      hasKey = head.args().isEmpty() && !head.ref().last().isGround();
      head = head.value() == null ? head.withValueTrue() : head;
    } else if (bracketed && head.args().isEmpty()) {
      hasKey = true;
      head = head.value() == null ? head.asSetElement() : head;
    }
    if (!hasIf && !at(Tok.LBRACE)) {
      return head.usesContains() ? List.of(fact(head)) : null;
    }
    Body body = parseRuleBody(hasIf);
    if (body == null) {
      return null;
    }
    Branch otherwise = null;
    if (at(Tok.ELSE) && !keywordStartsRef()) {
      otherwise = parseElseOf(head, hasKey);
      if (otherwise == null) {
        return null;
      }
    }
    Rule rule =
        new Rule(
            head.toHead(),
            body,
            otherwise == null ? null : otherwise.rule(),
            false,
            false,
            List.of(),
            withText(place, from));
    WrittenWords words =
        new WrittenWords(hasIf, head.usesContains(), otherwise == null ? null : otherwise.words());
    List<Statement> rules = new ArrayList<>();
    rules.add(new Statement.OfRule(rule, words));
    return parseMoreBodies(rule, words, rules);
  }

  private static Statement fact(WrittenHead head) {
    Rule rule =
        new Rule(
            head.toHead(),
            trueBody(head.location()),
            null,
            false,
            true,
            List.of(),
            head.location());
    return new Statement.OfRule(rule, new WrittenWords(false, true, null));
  }

  static Body trueBody(Location place) {
    return Body.of(Expr.of(new TermExpr(ScalarTerm.bool(true, place)), place));
  }

  private @Nullable List<Statement> parseDefault(WrittenHead head, Location place) {
    List<String> wrong = DefaultChecks.check(head.value(), head.args());
    for (String message : wrong) {
      error(place, message);
    }
    if (!wrong.isEmpty()) {
      return null;
    }
    Rule rule = new Rule(head.toHead(), trueBody(place), null, true, true, List.of(), place);
    return List.of(new Statement.OfRule(rule, WrittenWords.NONE));
  }

  /** After {@code if} a single expression, or else a body in braces. */
  private @Nullable Body parseRuleBody(boolean hasIf) {
    if (hasIf) {
      scan();
      State before = save();
      Expr expr = parseLiteral();
      // A set is always true, so { x } is a body even where it could be a set.
      if (expr != null && !isSetLiteral(expr)) {
        return Body.of(expr);
      }
      restore(before);
    }
    scan();
    Body body = parseBody(Tok.RBRACE);
    if (body != null) {
      scan();
    }
    return body;
  }

  /** Bodies that follow without a head, as version 0 had them: rules with the same head. */
  private @Nullable List<Statement> parseMoreBodies(
      Rule first, WrittenWords words, List<Statement> rules) {
    while (at(Tok.LBRACE)) {
      if (first.elseRule() != null) {
        error(location(), "expected else keyword");
        return null;
      }
      Location place = location();
      int from = state.at.offset();
      scan();
      Body body = parseBody(Tok.RBRACE);
      if (body == null) {
        return null;
      }
      scan();
      Location whole = withText(place, from);
      Head head = new Relocator(whole).head(freshWildcards(first.head()));
      Rule rule = new Rule(head, body, null, false, false, List.of(), whole);
      rules.add(new Statement.OfRule(rule, words));
    }
    return rules;
  }

  private Head freshWildcards(Head head) {
    List<Term> args = new ArrayList<>();
    for (Term arg : head.args()) {
      args.add(arg instanceof Var v && v.isWildcard() ? wildcardOr("_", v.location()) : arg);
    }
    return head.withArgs(args);
  }

  // --- else

  /** A branch of an else chain. */
  private record Branch(Rule rule, WrittenWords words) {}

  private @Nullable Branch parseElseOf(WrittenHead head, boolean hasKey) {
    if (head.ref().tail().stream().anyMatch(RuleParser::isOpen)) {
      error(location(), "else keyword cannot be used on rules with variables in head");
      return null;
    }
    if (hasKey) {
      error(location(), "else keyword cannot be used on multi-value rules");
      return null;
    }
    return parseElse(head.toHead());
  }

  /** Whether an element of a head's ref has a variable, other than as the start of a ref. */
  private static boolean isOpen(Term element) {
    return !element.isGround() && !(element instanceof RefTerm r && r.ref().isGround());
  }

  private @Nullable Branch parseElse(Head of) {
    if (!enter()) {
      return null;
    }
    try {
      return parseElseHere(of);
    } finally {
      leave();
    }
  }

  private @Nullable Branch parseElseHere(Head of) {
    Location place = location();
    int from = state.at.offset();
    Head fresh = freshWildcards(of);
    scan();
    Term value = ScalarTerm.bool(true, place);
    boolean assign = of.assign();
    boolean generated = at(Tok.LBRACE) || at(Tok.IF);
    if (at(Tok.ASSIGN) || at(Tok.UNIFY)) {
      assign = at(Tok.ASSIGN);
      scan();
      value = parseFullTerm();
      if (value == null) {
        return null;
      }
    } else if (!generated) {
      illegal("expected else value term or rule body");
      return null;
    }
    Head head = new Head(fresh.ref(), fresh.args(), null, value, assign, generated, place);
    boolean hasIf = at(Tok.IF);
    boolean hasBody = hasIf || at(Tok.LBRACE);
    Body body = hasBody ? parseElseBody(hasIf, place) : trueBody(place);
    if (body == null) {
      return null;
    }
    Branch next = null;
    if (hasBody && at(Tok.ELSE)) {
      next = parseElse(of);
      if (next == null) {
        return null;
      }
    }
    Rule rule =
        new Rule(
            head,
            body,
            next == null ? null : next.rule(),
            false,
            !hasBody,
            List.of(),
            withText(place, from));
    return new Branch(rule, new WrittenWords(hasIf, false, next == null ? null : next.words()));
  }

  private @Nullable Body parseElseBody(boolean hasIf, Location place) {
    if (hasIf) {
      scan();
    }
    if (at(Tok.LBRACE)) {
      scan();
      Body body = parseBody(Tok.RBRACE);
      if (body != null) {
        scan();
      }
      return body;
    }
    if (at(Tok.EOF)) {
      illegal("rule body expected");
      return null;
    }
    Expr expr = parseLiteral();
    return expr == null ? null : new Relocator(place).body(Body.of(expr));
  }

  // --- heads

  private @Nullable WrittenHead parseHead(boolean isDefault) {
    Location place = location();
    Term name = parseRestOfHead(wildcardOr(state.text, place));
    Ref ref;
    List<Term> args = List.of();
    boolean isCall = false;
    if (name instanceof Var v) {
      ref = new Ref(List.of(v));
    } else if (name instanceof RefTerm r) {
      ref = r.ref();
      if (!(ref.head() instanceof Var)) {
        return null;
      }
    } else if (name instanceof CallTerm call) {
      ref = call.operator().ref();
      args = call.args();
      isCall = true;
      if (!(ref.head() instanceof Var)) {
        illegal("rule head ref " + ref + " invalid");
        return null;
      }
    } else {
      if (name == null) {
        illegal("expected rule head name");
      }
      return null;
    }
    return parseHeadValue(ref, args, isCall, isDefault, place);
  }

  private WrittenHead parseHeadValue(
      Ref ref, List<Term> args, boolean isCall, boolean isDefault, Location place) {
    Term value = null;
    boolean assign = at(Tok.ASSIGN);
    if (at(Tok.CONTAINS)) {
      return parseContains(ref, args, isCall, place);
    } else if (assign || at(Tok.UNIFY)) {
      scan();
      value = parseFullTerm();
      if (value == null) {
        illegal(missingValue(ref, args, assign, isDefault));
      }
    }
    boolean generated = value == null && (ref.size() != 2 || !args.isEmpty());
    if (generated) {
      value = ScalarTerm.bool(true, place);
    }
    return new WrittenHead(ref, args, isCall, false, null, value, assign, generated, place);
  }

  private WrittenHead parseContains(Ref ref, List<Term> args, boolean isCall, Location place) {
    if (isCall) {
      illegal(
          "the contains keyword can only be used with multi-value rule definitions (e.g., "
              + ref
              + " contains <VALUE> { ... })");
    }
    scan();
    Term key = parseFullTerm();
    if (key == null) {
      illegal("expected rule key term (e.g., " + ref + " contains <VALUE> { ... })");
    }
    return new WrittenHead(ref, args, isCall, true, key, null, false, false, place);
  }

  private static String missingValue(Ref ref, List<Term> args, boolean assign, boolean isDefault) {
    if (!assign) {
      return "expected rule value term (e.g., " + ref + "[<nil>] = <VALUE> { ... })";
    }
    if (!args.isEmpty()) {
      return "expected function value term (e.g., " + ref + "(...) := <VALUE> { ... })";
    }
    if (isDefault) {
      return "expected default rule value term (e.g., default " + ref + " := <VALUE>)";
    }
    return "expected rule value term (e.g., " + ref + " := <VALUE> { ... })";
  }
}
