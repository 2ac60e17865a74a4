package app.intentgate.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps audit events, chained per tenant, for good. Implementations are thread-safe.
 *
 * <p>{@link #append} never blocks; everything else may read much and belongs on a thread that may
 * block.
 */
public interface AuditStore extends AutoCloseable {
  /**
   * The longest text that events are found by, in bytes as JSON. PostgreSQL refuses an index entry
   * of more than 2,704, and with it all events that come with it.
   */
  int MAX_FOUND_BY = 2_000;

  /**
   * How many bytes of JSON a tenant has together with an agent or with a tool: a row of
   * PostgreSQL's indexes has room for 2,704, with what belongs to the row.
   */
  int MAX_FOUND_TOGETHER = 2_600;

  /**
   * Chains an event and makes it durable. The stage completes, with the event's place in its chain,
   * when the event is as durable as this store makes events; it is complete already when that took
   * no waiting. It fails with an {@link AuditException} when the event could not be stored, or not
   * within the store's waiting limit; nothing may then be done that depends on the event. No event
   * is dropped in silence (B26).
   *
   * <p>Events appended one after the other by one thread are chained in that order. A {@code
   * summary} is not stored.
   */
  CompletionStage<StoredEvent> append(AuditEvent event);

  /**
   * One page of the events that pass a query's filters, in the query's order.
   *
   * @throws AuditException when the store does not answer, or the cursor is not one of its own
   */
  AuditPage query(AuditQuery query);

  /**
   * Every event that passes a query's filters, oldest first, one at a time in constant memory. The
   * query's limit, offset and order are ignored; its cursor is where to start. Events appended
   * meanwhile may be left out.
   *
   * <p>A file that {@link AuditFileVerifier} reads has {@link EventJson#bytes(StoredEvent)} and a
   * line feed for each event, of whole chains: so of a query without filters.
   *
   * @throws AuditException when the store does not answer
   */
  void export(AuditQuery query, AuditVisitor visitor);

  /**
   * What {@link #export} gives, as the lines the store keeps, which cost little to copy. A line
   * that is not in the form events are stored in is left out, and said in the log.
   *
   * @throws AuditException when the store does not answer
   */
  default void exportLines(AuditQuery query, LineVisitor visitor) {
    StoredLine line = new StoredLine();
    export(
        query,
        event -> {
          byte[] json = EventJson.bytes(event);
          return !line.set(json, 0, json.length) || visitor.visit(line);
        });
  }

  /**
   * Verifies the chain of a tenant (empty: {@code default}) between two times, both inclusive, null
   * for no limit. A broken chain is a report, not an exception.
   *
   * @throws AuditException when the store does not answer
   */
  VerificationReport verify(String tenant, @Nullable Instant from, @Nullable Instant to);

  /**
   * The newest event of every chain, in order of the chains' names.
   *
   * @throws AuditException when the store does not answer
   */
  List<ChainHead> heads();

  /** How the store is; asks nothing of a disk or a network. */
  AuditHealth health();

  /**
   * An event as stores keep it: without its summary, which no hash covers.
   *
   * @throws AuditException {@link AuditException.Code#EVENT_REFUSED} when it is not of schema
   *     {@code "8"}, and so not wholly hashed; when its year has not four digits; or when what it
   *     is found by is too long
   */
  static AuditEvent storable(AuditEvent event) {
    if (!event.schemaVersion().equals(AuditEvent.SCHEMA_8)) {
      throw new AuditException(
          AuditException.Code.EVENT_REFUSED, "only events of schema \"8\" are appended");
    }
    if (!Rfc3339.canSpell(event.at())) {
      throw new AuditException(
          AuditException.Code.EVENT_REFUSED, "the year of an event must have four digits");
    }
    if (isTooLongToFind(event.tenant())
        || isTooLongToFind(event.agentId())
        || isTooLongToFind(event.tool())
        || isTooLongToFind(event.callId())) {
      throw new AuditException(
          AuditException.Code.EVENT_REFUSED,
          "a tenant, agent, tool or call id is longer than " + MAX_FOUND_BY + " bytes in JSON");
    }
    if (isTooLongToFind(event.tenant(), event.agentId())
        || isTooLongToFind(event.tenant(), event.tool())) {
      throw new AuditException(
          AuditException.Code.EVENT_REFUSED,
          "a tenant with its agent or tool is longer than "
              + MAX_FOUND_TOGETHER
              + " bytes in JSON");
    }
    return event.summary().isEmpty() ? event : event.toBuilder().summary("").build();
  }

  /**
   * Whether a tenant, an agent, a tool or a call id is longer than an event may be found by: more
   * than {@link #MAX_FOUND_BY} bytes as JSON.
   */
  static boolean isTooLongToFind(String text) {
    // No character becomes more than six bytes.
    return text.length() > MAX_FOUND_BY / 6
        && ChainLines.escaped(text).getBytes(StandardCharsets.UTF_8).length > MAX_FOUND_BY;
  }

  /**
   * Whether a tenant and a name, an agent's or a tool's, are longer together than an event may be
   * found by: more than {@link #MAX_FOUND_TOGETHER} bytes as JSON.
   */
  static boolean isTooLongToFind(String tenant, String name) {
    return tenant.length() + name.length() > MAX_FOUND_TOGETHER / 6
        && ChainLines.escaped(tenant + name).getBytes(StandardCharsets.UTF_8).length
            > MAX_FOUND_TOGETHER;
  }

  /** Takes no more events, makes those it has durable, completes their stages, and lets go. */
  @Override
  void close();
}
