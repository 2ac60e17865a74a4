package app.intentgate.rego.testing;

import java.util.List;

/**
 * A case of a test, {@code test_x[name]}, or a group of cases, {@code test_x[group][name]}.
 *
 * @param name its name
 * @param passed whether it gave true; of a group, whether all of it did
 * @param cases the cases of a group, empty for a case
 */
public record CaseResult(String name, boolean passed, List<CaseResult> cases) {
  /** Copies the list. */
  public CaseResult {
    cases = List.copyOf(cases);
  }
}
