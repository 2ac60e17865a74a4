package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.ChainLinker;
import app.intentgate.audit.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One batch on its way into the database: what its events become when they are chained. */
final class SqlBatch {
  private final List<AuditEvent> events;
  private final TreeMap<String, HeadRow> tips = new TreeMap<>();
  private final TreeMap<String, AuditSql.Commit> commits = new TreeMap<>();
  private final List<AuditRow> rows;
  private final List<StoredEvent> stored;
  private boolean inDoubt;

  SqlBatch(List<AuditEvent> events) {
    this.events = events;
    this.rows = new ArrayList<>(events.size());
    this.stored = new ArrayList<>(events.size());
    for (AuditEvent event : events) {
      tips.put(AuditRow.key(event.tenant()), HeadRow.empty(""));
    }
  }

  /** The keys of its chains, in order. */
  Set<String> chains() {
    return tips.keySet();
  }

  /** Chains its events after these heads. */
  void chain(Map<String, HeadRow> heads, long position, ChainLinker linker) {
    tips.replaceAll((chain, none) -> heads.getOrDefault(chain, HeadRow.empty(chain)));
    for (AuditEvent event : events) {
      String chain = AuditRow.key(event.tenant());
      HeadRow tip = tips.getOrDefault(chain, HeadRow.empty(chain));
      StoredEvent next = linker.link(event, tip.seq() + 1, tip.hash());
      rows.add(AuditRow.of(next, linker));
      stored.add(next);
      long place = commits.containsKey(chain) ? tip.position() : after(tip, position);
      tips.put(chain, new HeadRow(chain, next.seq(), next.hash(), event.at().toString(), place));
      commits.merge(
          chain,
          new AuditSql.Commit(place, chain, next.seq(), next.seq()),
          (a, b) -> new AuditSql.Commit(place, chain, a.first(), b.last()));
    }
  }

  /** A position of this transaction that comes after the chain's last. */
  private static long after(HeadRow tip, long position) {
    return Math.max(position, tip.position() + 1);
  }

  /** The rows of its events, in its order. */
  List<AuditRow> rows() {
    return rows;
  }

  /** Its events with their places, in its order. */
  List<StoredEvent> stored() {
    return stored;
  }

  /** The new ends of its chains. */
  Collection<HeadRow> heads() {
    return tips.values();
  }

  /** What of each chain it brings. */
  List<AuditSql.Commit> commits() {
    return List.copyOf(commits.values());
  }

  /** Its commit is about to be asked for: from now on only an answer, or looking, tells. */
  void doubt() {
    inDoubt = true;
  }

  boolean isInDoubt() {
    return inDoubt;
  }
}
