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
import java.util.TreeSet;

/** One batch on its way into the database: what its events become when they are chained. */
final class SqlBatch {
  private final List<AuditEvent> events;
  private final TreeSet<String> chains = new TreeSet<>();
  private final TreeMap<String, ChainMove> moves = new TreeMap<>();
  private final List<AuditRow> rows;
  private final List<StoredEvent> stored;
  private boolean inDoubt;

  SqlBatch(List<AuditEvent> events) {
    this.events = events;
    this.rows = new ArrayList<>(events.size());
    this.stored = new ArrayList<>(events.size());
    for (AuditEvent event : events) {
      chains.add(AuditRow.key(event.tenant()));
    }
  }

  /** The keys of its chains, in order. */
  Set<String> chains() {
    return chains;
  }

  /** Chains its events after these; once. */
  void chain(Map<String, Tip> tips, ChainLinker linker) {
    for (AuditEvent event : events) {
      String chain = AuditRow.key(event.tenant());
      ChainMove move = moves.get(chain);
      Tip from = move == null ? tips.getOrDefault(chain, Tip.NONE) : move.from();
      StoredEvent next =
          move == null
              ? linker.link(event, from.seq() + 1, from.hash())
              : linker.link(event, move.last() + 1, move.hash());
      rows.add(AuditRow.of(next, linker));
      stored.add(next);
      String at = event.at().toString();
      moves.put(chain, new ChainMove(chain, from, next.seq(), next.hash(), at));
    }
  }

  /** The rows of its events, in its order. */
  List<AuditRow> rows() {
    return rows;
  }

  /** Its events with their places, in its order. */
  List<StoredEvent> stored() {
    return stored;
  }

  /** What becomes of its chains, in their order. */
  Collection<ChainMove> moves() {
    return moves.values();
  }

  /** Its commit is about to be asked for: from now on only an answer, or looking, tells. */
  void doubt() {
    inDoubt = true;
  }

  boolean isInDoubt() {
    return inDoubt;
  }
}
