package app.intentgate.rego.compile.program;

import app.intentgate.rego.spi.RegoError;
import java.util.List;

/**
 * The stage that checks the types of a program once it is in its final form and known to be safe
 * and free of recursion. Must report only what OPA reports: what it does not know, it lets pass.
 * Thread-safe.
 */
public interface TypeCheckStage {
  /** Checks nothing. */
  TypeCheckStage NONE =
      new TypeCheckStage() {
        @Override
        public List<RegoError> check(Program program) {
          return List.of();
        }

        @Override
        public List<RegoError> check(Program program, CompiledQuery query) {
          return List.of();
        }
      };

  /** The type errors of all rules, in the order in which they are to be reported. */
  List<RegoError> check(Program program);

  /** The type errors of a query against a program that has none itself. */
  List<RegoError> check(Program program, CompiledQuery query);
}
