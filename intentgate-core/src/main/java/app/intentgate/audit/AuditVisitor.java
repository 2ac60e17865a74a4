package app.intentgate.audit;

/** Takes events one by one. */
@FunctionalInterface
public interface AuditVisitor {
  /** Takes the next event; false ends the visit. */
  boolean visit(StoredEvent event);
}
