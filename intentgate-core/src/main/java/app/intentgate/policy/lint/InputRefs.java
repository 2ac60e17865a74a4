package app.intentgate.policy.lint;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Warns of members of the input that no call ever has: what asks for them is never true. */
final class InputRefs extends AstVisitor {
  private final List<LintWarning> out;

  /** The imports that were warned of: what uses them is not, once more. */
  private final List<Ref> told = new ArrayList<>();

  private InputRefs(List<LintWarning> out) {
    this.out = out;
  }

  static void check(RegoModule module, List<LintWarning> out) {
    InputRefs visitor = new InputRefs(out);
    for (Import i : module.imports()) {
      if (visitor.check(i.path(), i.location())) {
        visitor.told.add(i.path());
      }
    }
    visitor.visit(module);
  }

  @Override
  protected boolean enterTerm(Term term) {
    if (term instanceof RefTerm ref && told.stream().noneMatch(ref.ref()::startsWith)) {
      check(ref.ref(), ref.location());
    }
    return true;
  }

  private boolean check(Ref ref, Location at) {
    if (!ref.headName().equals("input")) {
      return false;
    }
    List<String> path = new ArrayList<>();
    for (Term term : ref.tail()) {
      if (!(term instanceof ScalarTerm scalar && scalar.isString())) {
        break;
      }
      path.add(String.valueOf(scalar.asString()));
    }
    Optional<String> problem = InputShape.problem(path);
    problem.ifPresent(message -> out.add(LintWarning.at(at, "unknown_input", message)));
    return problem.isPresent();
  }
}
