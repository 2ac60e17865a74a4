package app.intentgate.rego.load;

import java.io.Serial;
import java.util.List;

/** Files that cannot be loaded; each problem names its file, in OPA's words where it has some. */
public final class RegoLoadException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  RegoLoadException(List<String> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  private static String text(List<String> problems) {
    return problems.size() == 1
        ? "1 error occurred during loading: " + problems.get(0)
        : problems.size() + " errors occurred during loading:\n" + String.join("\n", problems);
  }

  /** The problems, at least one. */
  public List<String> problems() {
    return problems;
  }
}
