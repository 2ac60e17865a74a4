package app.intentgate.rego.regex;

/**
 * What can be told about a program's matches by comparing text: the characters every match starts
 * with, and whether they are the whole match.
 *
 * @param prefix what every match starts with; may be empty
 * @param atStart whether a match starts at the start of the text
 * @param complete whether the prefix is the whole match, so that no engine is needed
 * @param toEnd whether the match, which is the prefix, must end at the end of the text
 */
record Literal(String prefix, boolean atStart, boolean complete, boolean toEnd) {

  static Literal of(Program program) {
    int pc = skipMarks(program, program.start());
    boolean atStart = false;
    while (isAssertion(program, pc, Assertion.BEGIN_TEXT)) {
      atStart = true;
      pc = skipMarks(program, program.next(pc));
    }
    StringBuilder prefix = new StringBuilder();
    // U+FFFD also stands for lone surrogates, which comparing text would not find.
    while (program.op(pc) == Program.CHAR && program.argument(pc) != 0xFFFD) {
      prefix.appendCodePoint(program.argument(pc));
      pc = skipMarks(program, program.next(pc));
    }
    boolean toEnd = false;
    while (isAssertion(program, pc, Assertion.END_TEXT)) {
      toEnd = true;
      pc = skipMarks(program, program.next(pc));
    }
    boolean complete = program.op(pc) == Program.MATCH;
    return new Literal(prefix.toString(), atStart, complete, complete && toEnd);
  }

  private static int skipMarks(Program program, int from) {
    int pc = from;
    while (program.op(pc) == Program.MARK) {
      pc = program.next(pc);
    }
    return pc;
  }

  private static boolean isAssertion(Program program, int pc, Assertion assertion) {
    return program.op(pc) == Program.ASSERT && program.argument(pc) == assertion.bit();
  }

  /**
   * Where the first match at or after a place could start; for a complete literal, where it starts.
   *
   * @return -1 when there is no match
   */
  int candidate(String text, int from, StepBudget budget) {
    if (atStart) {
      boolean fits = from == 0 && (toEnd ? text.equals(prefix) : text.startsWith(prefix));
      return fits ? 0 : -1;
    }
    if (toEnd) {
      int at = text.length() - prefix.length();
      return at >= from && text.endsWith(prefix) ? at : -1;
    }
    return prefix.isEmpty() ? from : TextSearch.indexOf(text, prefix, from, budget);
  }
}
