package app.intentgate.rego.spi;

/**
 * A place in a Rego source. Rows and columns count from 1, columns in code points; the end of the
 * file is column 0 of the row after the last.
 *
 * @param file the name the source was given, empty when it has none
 * @param row the row, 0 when there is no place
 * @param col the column
 * @param text the source text of the node that starts here, empty when not known
 */
public record Location(String file, int row, int col, String text) {
  /** No place: for nodes that come from no source. */
  public static final Location NONE = new Location("", 0, 0, "");

  /** A place without its text. */
  public static Location of(String file, int row, int col) {
    return new Location(file, row, col, "");
  }

  /** Whether there is no place at all. */
  public boolean isNone() {
    return row == 0 && file.isEmpty();
  }

  /** {@code file:row}, or the row alone when the source has no name. */
  @Override
  public String toString() {
    return file.isEmpty() ? row + ":" + col : file + ":" + row;
  }
}
