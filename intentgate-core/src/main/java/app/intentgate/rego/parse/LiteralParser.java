package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses bodies and their expressions. */
abstract class LiteralParser extends TermParser {
  private static final Map<String, Tok> FUTURE_KEYWORDS = Tok.V1_KEYWORDS;

  LiteralParser(String file, String source, ParserOptions options) {
    super(file, source, options);
  }

  @Override
  final @Nullable Body parseBody(Tok end) {
    if (!enter()) {
      return null;
    }
    try {
      return parseBody(end, false);
    } finally {
      leave();
    }
  }

  /** Expressions; as a statement of its own, a body ends where no semicolon follows. */
  final @Nullable Body parseBody(Tok end, boolean statement) {
    if (at(end)) {
      error(location(), "found empty body");
      return null;
    }
    List<Expr> exprs = new ArrayList<>();
    while (true) {
      Expr expr = parseLiteral();
      if (expr == null) {
        return null;
      }
      exprs.add(expr);
      if (at(Tok.SEMICOLON)) {
        scan();
      } else if (at(end) || statement) {
        return new Body(exprs);
      } else if (!state.skippedNewline) {
        if (!hasErrors()) {
          illegal("expected \\n or ; or " + end.text());
        }
        return null;
      }
    }
  }

  @Override
  final @Nullable Expr parseLiteral() {
    int from = state.at.offset();
    Location place = location();
    Expr expr = parseLiteralHere();
    if (expr == null) {
      return null;
    }
    Location whole = withText(place, from);
    return new Expr(expr.form(), expr.negated(), expr.withs(), false, whole);
  }

  private @Nullable Expr parseLiteralHere() {
    if (keywordStartsRef()) {
      return parsePlain();
    }
    if (at(Tok.SOME)) {
      return parseSome();
    }
    if (at(Tok.EVERY)) {
      return parseEvery();
    }
    if (!at(Tok.NOT)) {
      return parsePlain();
    }
    scan();
    if (at(Tok.SOME) || at(Tok.EVERY)) {
      illegal("illegal negation of '" + tok().text() + "'");
      return null;
    }
    if (state.wholeNot) {
      return parseNotBlock();
    }
    Expr expr = parsePlain();
    return expr == null ? null : expr.withNegated(true);
  }

  /** What follows {@code not} when it negates all of it: an expression, or a body in braces. */
  private @Nullable Expr parseNotBlock() {
    Location place = location();
    Body body = null;
    State before = save();
    Expr expr = parseLiteral();
    if (expr != null && !isSetLiteral(expr)) {
      body = Body.of(expr);
    } else if (before.tok == Tok.LBRACE) {
      restore(before);
      scan();
      body = parseBody(Tok.RBRACE);
      if (body == null) {
        return null;
      }
      scan();
    } else if (expr == null) {
      return null;
    } else {
      body = Body.of(expr);
    }
    List<With> withs = parseWiths();
    return withs == null ? null : new Expr(new NotBlock(body), false, withs, false, place);
  }

  static boolean isSetLiteral(Expr expr) {
    return expr.form() instanceof TermExpr t && t.term() instanceof SetTerm;
  }

  /** A term, a call, an assignment or a unification, with what replaces what meanwhile. */
  private @Nullable Expr parsePlain() {
    State before = save();
    Location place = location();
    ExprForm form = parseForm();
    if (form == null) {
      return null;
    }
    List<With> withs = parseWiths();
    if (withs == null) {
      return null;
    }
    if (!options.isV1() && form instanceof TermExpr t && isVar(t.term(), "every")) {
      hintAtEvery(before);
    }
    return new Expr(form, false, withs, false, place);
  }

  private @Nullable ExprForm parseForm() {
    Term left = parseFullTerm();
    if (left == null) {
      return null;
    }
    if (at(Tok.ASSIGN) || at(Tok.UNIFY)) {
      RefTerm operator = Operators.operator(tok().text(), location());
      scan();
      Term right = parseFullTerm();
      return right == null ? null : new CallExpr(operator, List.of(left, right));
    }
    return left instanceof CallTerm call
        ? new CallExpr(call.operator(), call.args())
        : new TermExpr(left);
  }

  private void hintAtEvery(State start) {
    State here = save();
    restore(start);
    boolean every = wouldParse(FUTURE_KEYWORDS, () -> parseEvery() != null);
    restore(here);
    if (every) {
      hint("`import future.keywords.every` for `every x in xs { ... }` expressions");
    }
  }

  /** Any number of {@code with … as …}; null when one is wrong. */
  private @Nullable List<With> parseWiths() {
    List<With> withs = new ArrayList<>();
    while (at(Tok.WITH)) {
      Location place = location();
      scan();
      if (!at(Tok.IDENT)) {
        illegal("expected ident");
        return null;
      }
      Term target = parseTerm();
      if (target == null) {
        return null;
      }
      if (!(target instanceof RefTerm) && !(target instanceof Var)) {
        illegal("expected with target path");
      }
      if (!at(Tok.AS)) {
        illegal("expected as keyword");
        return null;
      }
      scan();
      Term value = parseFullTerm();
      if (value == null) {
        return null;
      }
      withs.add(new With(target, value, place));
    }
    return withs;
  }

  // --- some

  private @Nullable Expr parseSome() {
    Location place = location();
    State before = save();
    scan();
    if (parseFullTerm() instanceof CallTerm call) {
      SomeIn some = someIn(call);
      if (some == null) {
        return null;
      }
      List<With> withs = parseWiths();
      return withs == null ? null : new Expr(some, false, withs, false, place);
    }
    restore(before);
    if (!options.isV1()) {
      hintAtIn();
    }
    List<Var> vars = new ArrayList<>();
    do {
      scan();
      if (!at(Tok.IDENT)) {
        illegal("expected var");
        return null;
      }
      vars.add(wildcardOr(state.text, location()));
      scan();
    } while (at(Tok.COMMA));
    return Expr.of(new SomeDecl(vars), place);
  }

  private @Nullable SomeIn someIn(CallTerm call) {
    List<Term> args = call.args();
    switch (call.operatorName()) {
      case Operators.MEMBER -> {
        if (args.size() == 2) {
          return new SomeIn(null, args.get(0), args.get(1));
        }
        illegal("illegal domain");
      }
      case Operators.MEMBER_WITH_KEY -> {
        if (args.size() == 3) {
          return new SomeIn(args.get(0), args.get(1), args.get(2));
        }
        illegal("illegal domain");
      }
      default -> illegal("expected `x in xs` or `x, y in xs` expression");
    }
    return null;
  }

  private void hintAtIn() {
    boolean in =
        wouldParse(
            FUTURE_KEYWORDS,
            () -> {
              scan();
              return parseFullTerm() instanceof CallTerm call
                  && (call.operatorName().equals(Operators.MEMBER)
                      || call.operatorName().equals(Operators.MEMBER_WITH_KEY));
            });
    if (in) {
      hint("`import future.keywords.in` for `some x in xs` expressions");
    }
  }

  // --- every

  private @Nullable Expr parseEvery() {
    Location place = location();
    scan();
    Term range = parseFullTerm();
    if (range == null) {
      return null;
    }
    SomeIn pattern = range instanceof CallTerm call && isMembership(call) ? someIn(call) : null;
    if (pattern == null) {
      illegal("expected `x[, y] in xs { ... }` expression");
      return null;
    }
    if (pattern.key() != null && !(pattern.key() instanceof Var)) {
      illegal("expected key to be a variable");
      return null;
    }
    if (!(pattern.value() instanceof Var value)) {
      illegal("expected value to be a variable");
      return null;
    }
    if (!at(Tok.LBRACE)) {
      illegal("missing body");
      return null;
    }
    scan();
    Body body = parseBody(Tok.RBRACE);
    if (body == null) {
      return null;
    }
    scan();
    Var key = pattern.key() instanceof Var k ? k : null;
    List<With> withs = parseWiths();
    return withs == null
        ? null
        : new Expr(new Every(key, value, pattern.domain(), body), false, withs, false, place);
  }

  private static boolean isMembership(CallTerm call) {
    return (call.operatorName().equals(Operators.MEMBER) && call.args().size() == 2)
        || (call.operatorName().equals(Operators.MEMBER_WITH_KEY) && call.args().size() == 3);
  }

  private static boolean isVar(Term term, String name) {
    return term instanceof Var v && v.name().equals(name);
  }
}
