package app.intentgate.rego.graphql;

import java.util.function.LongConsumer;

/** What a block string means: its lines without common indentation and blank ends. */
final class BlockText {
  private final String raw;
  private final LongConsumer charge;

  /** Where the first line begins that is not blank, and where the last such line ends. */
  private int first = -1;

  private int end;
  private int common = Integer.MAX_VALUE;

  private BlockText(String raw, LongConsumer charge) {
    this.raw = raw;
    this.charge = charge;
  }

  /**
   * The text of a block string whose line breaks are line feeds.
   *
   * @param charge told of each line while it is worked on; may end the work by an exception
   */
  static String of(String raw, LongConsumer charge) {
    BlockText block = new BlockText(raw, charge);
    block.measure();
    return block.first < 0 ? "" : block.text();
  }

  private void measure() {
    for (int from = 0; from <= raw.length(); ) {
      charge.accept(1);
      int to = lineEnd(from);
      int indent = indent(from, to);
      if (indent < to - from) {
        first = first < 0 ? from : first;
        end = to;
        if (from > 0) {
          common = Math.min(common, indent);
        }
      }
      from = to + 1;
    }
  }

  private String text() {
    StringBuilder out = new StringBuilder(end - first);
    for (int from = first; from < end; ) {
      charge.accept(1);
      int to = lineEnd(from);
      if (from > first) {
        out.append('\n');
      }
      out.append(raw, from == 0 ? 0 : from + Math.min(common, to - from), to);
      from = to + 1;
    }
    return out.toString();
  }

  private int lineEnd(int from) {
    int at = raw.indexOf('\n', from);
    return at < 0 ? raw.length() : at;
  }

  private int indent(int from, int to) {
    int at = from;
    while (at < to && (raw.charAt(at) == ' ' || raw.charAt(at) == '\t')) {
      at++;
    }
    return at - from;
  }
}
