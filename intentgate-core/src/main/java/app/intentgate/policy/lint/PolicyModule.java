package app.intentgate.policy.lint;

import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.compile.pass.ResolvedImports;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Optional;

/** A policy's source as it was written, the names of its imports written out. Immutable. */
public final class PolicyModule {
  private static final ParserOptions OPTIONS =
      ParserOptions.ofDefaults().withBuiltins(RegoPolicy.standardBuiltins().names()::contains);
  private static final Ref DECISION = Ref.of("data", "intentgate", "policy", "decision");

  private final RegoModule module;

  private PolicyModule(RegoModule module) {
    this.module = module;
  }

  /** Reads a source; empty when it is no Rego, which compiling it says in more words. */
  public static Optional<PolicyModule> parse(String file, String source) {
    try {
      RegoModule module = RegoParser.parseModule(file, source, OPTIONS);
      return Optional.of(new PolicyModule(ResolvedImports.of(module)));
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

  /** Where the default of the decision is, or of its member {@code allow}. */
  public Optional<Location> defaultDecision() {
    return module.rules().stream()
        .filter(rule -> rule.isDefault() && decides(rule))
        .map(Rule::location)
        .findFirst();
  }

  boolean isDecision(Rule rule) {
    return belowDecision(rule).isPresent();
  }

  /** Whether a rule defines the whole decision or its member {@code allow}. */
  boolean decides(Rule rule) {
    return belowDecision(rule)
        .filter(
            path ->
                path.isEmpty()
                    || (path.size() == 1
                        && path.get(0) instanceof ScalarTerm name
                        && "allow".equals(name.asString())))
        .isPresent();
  }

  /** Where in the decision a rule puts its value; empty for a rule that is about another. */
  Optional<List<Term>> belowDecision(Rule rule) {
    if (rule.head().isFunction() || rule.head().isMultiValue()) {
      return Optional.empty();
    }
    Ref name = rule.head().ref();
    Ref path =
        module
            .packageDecl()
            .path()
            .append(ScalarTerm.string(name.headName(), name.head().location()))
            .append(name.tail());
    return path.startsWith(DECISION)
        ? Optional.of(path.terms().subList(DECISION.size(), path.size()))
        : Optional.empty();
  }
}
