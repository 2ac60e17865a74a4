package app.intentgate.rego.conformance;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation case of the suite.
 *
 * @param file the file it stands in
 * @param index its place there, from 0; notes are not unique
 * @param note its name
 * @param query the query
 * @param modules sources, to be named {@code test-0.rego} and so on
 * @param data the base document; empty when absent or null
 * @param input the input document, or null when undefined
 * @param inputTerm the input as a Rego term, which then overrides {@code input}
 * @param wantResult the expected result set, or null
 * @param wantErrorCode the expected error code, or null
 * @param wantError text that the error must contain, or null
 * @param strictError whether built-in errors stop the evaluation
 * @param sortBindings whether bindings are arrays to be compared sorted
 * @param ignoreGeneratedVars whether bindings whose name starts with {@code __localq} are dropped
 * @param experimentalKeywords whether it wants the and/or keywords
 * @param wantDefined whether the result set is to be non-empty, or null
 * @param env the environment for {@code opa.runtime}
 */
public record RegoCase(
    Path file,
    int index,
    String note,
    String query,
    List<String> modules,
    JsonObject data,
    @Nullable JsonValue input,
    @Nullable String inputTerm,
    @Nullable List<JsonObject> wantResult,
    @Nullable String wantErrorCode,
    @Nullable String wantError,
    boolean strictError,
    boolean sortBindings,
    boolean ignoreGeneratedVars,
    boolean experimentalKeywords,
    @Nullable Boolean wantDefined,
    JsonObject env) {
  /** The folder the case's file is in. */
  public String folder() {
    Path parent = file.getParent();
    return parent == null ? "" : String.valueOf(parent.getFileName());
  }

  /** {@code folder/file#index note}. */
  @Override
  public String toString() {
    return folder() + "/" + file.getFileName() + "#" + index + " " + note;
  }
}
