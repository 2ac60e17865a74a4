package app.intentgate.rego.load;

import java.util.List;

/**
 * What to leave out while loading.
 *
 * @param ignore patterns of file and folder names below the paths that are loaded, such as {@code
 *     .*} for hidden ones
 * @param withTests whether modules in files named {@code *_test.rego} are loaded
 * @param withData whether files and folders are also searched for data; bundles always are
 */
public record LoadOptions(List<String> ignore, boolean withTests, boolean withData) {
  private static final LoadOptions DEFAULTS = new LoadOptions(List.of(), true, true);

  /** Copies the list. */
  public LoadOptions {
    ignore = List.copyOf(ignore);
  }

  /** Everything is loaded. */
  public static LoadOptions ofDefaults() {
    return DEFAULTS;
  }

  /** The same with other patterns. */
  public LoadOptions ignoring(List<String> patterns) {
    return new LoadOptions(patterns, withTests, withData);
  }

  /** The same without the files of tests. */
  public LoadOptions withoutTests() {
    return new LoadOptions(ignore, false, withData);
  }

  /** The same, of files and folders only the modules. */
  public LoadOptions withoutData() {
    return new LoadOptions(ignore, withTests, false);
  }

  /** Whether a file or folder of this name is passed over. */
  boolean ignores(String name) {
    return (!withTests && name.endsWith("_test.rego"))
        || ignore.stream().anyMatch(pattern -> NamePattern.matches(pattern, name));
  }
}
