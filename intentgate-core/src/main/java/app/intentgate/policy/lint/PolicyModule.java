package app.intentgate.policy.lint;

import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy's source as it was written. Immutable. */
public final class PolicyModule {
  private static final ParserOptions OPTIONS =
      ParserOptions.ofDefaults().withBuiltins(RegoPolicy.standardBuiltins().names()::contains);
  private static final List<String> DECISION = List.of("data", "intentgate", "policy", "decision");

  private final RegoModule module;

  private PolicyModule(RegoModule module) {
    this.module = module;
  }

  /** Reads a source; empty when it is no Rego, which compiling it says in more words. */
  public static Optional<PolicyModule> parse(String file, String source) {
    try {
      return Optional.of(new PolicyModule(RegoParser.parseModule(file, source, OPTIONS)));
    } catch (RegoParseException e) {
      return Optional.empty();
    }
  }

  RegoModule module() {
    return module;
  }

  /** The names of its rules that start with a prefix and are no functions, as queries. */
  public List<String> rulesStartingWith(String prefix) {
    return module.rules().stream()
        .filter(rule -> rule.head().name().startsWith(prefix) && !rule.head().isFunction())
        .filter(rule -> rule.head().ref().size() == 1)
        .map(rule -> module.packageDecl().path().dotted() + "." + rule.head().name())
        .distinct()
        .toList();
  }

  /** Whether it defines {@code data.intentgate.policy.decision}, or members of it (B18). */
  public boolean definesDecision() {
    return module.rules().stream().anyMatch(this::isDecision);
  }

  /** Where the default of the decision is. */
  public Optional<Location> defaultDecision() {
    return module.rules().stream()
        .filter(rule -> rule.isDefault() && isDecision(rule))
        .map(Rule::location)
        .findFirst();
  }

  boolean isDecision(Rule rule) {
    if (rule.head().isFunction() || rule.head().isMultiValue()) {
      return false;
    }
    Ref path = module.packageDecl().path();
    int at = 0;
    for (Term term : path.terms()) {
      if (at < DECISION.size() && !named(term, at == 0 ? path : null, DECISION.get(at++))) {
        return false;
      }
    }
    Ref name = rule.head().ref();
    for (int i = 0; at < DECISION.size(); i++, at++) {
      if (i >= name.size() || !named(name.get(i), i == 0 ? name : null, DECISION.get(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean named(Term term, @Nullable Ref first, String name) {
    return first != null
        ? first.headName().equals(name)
        : term instanceof ScalarTerm s && name.equals(s.asString());
  }
}
