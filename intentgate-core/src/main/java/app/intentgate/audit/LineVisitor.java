package app.intentgate.audit;

/** Takes the lines of stored events one by one. */
@FunctionalInterface
public interface LineVisitor {
  /** Takes the next line, which is overwritten after the visit; false ends them. */
  boolean visit(StoredLine line);
}
