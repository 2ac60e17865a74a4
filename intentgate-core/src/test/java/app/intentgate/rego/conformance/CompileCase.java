package app.intentgate.rego.conformance;

import app.intentgate.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case of the error corpora: modules and the errors OPA reports for them.
 *
 * @param note its name
 * @param mode {@code v1}, {@code v0} or {@code strict} (v1 with strict checks)
 * @param modules sources, named {@code m0.rego} and so on
 * @param wantErrors the expected errors; empty when the modules are fine
 */
public record CompileCase(
    String note, String mode, List<String> modules, List<WantError> wantErrors) {
  /** Whether the sources are Rego v0. */
  public boolean isV0() {
    return mode.equals("v0");
  }

  /** Whether the strict checks are on. */
  public boolean isStrict() {
    return mode.equals("strict");
  }

  /** Whether the errors come from the parser. */
  public boolean isParseStage() {
    return wantErrors.stream().anyMatch(e -> e.code().equals("rego_parse_error"));
  }

  /**
   * An expected error.
   *
   * @param code the code
   * @param file the file's name
   * @param row the row
   * @param col the column
   * @param message the message
   * @param details details in OPA's shape, or null
   */
  public record WantError(
      String code, String file, int row, int col, String message, @Nullable JsonObject details) {}
}
