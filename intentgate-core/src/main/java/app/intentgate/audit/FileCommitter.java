package app.intentgate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chains batches and appends them to the log: one write and one force for each. When either fails
 * nothing of the batch stays: the log is cut back to what was durable before, at once or before the
 * next batch. Batches come from one thread; heads and sizes may be read by any.
 */
final class FileCommitter implements AuditWriter.Committer {
  private static final System.Logger LOG = System.getLogger(FileCommitter.class.getName());

  /** How often heads are saved, in events; decisions.md, Events. */
  static final long SAVE_EVERY = 10_000;

  /** How much is gathered before it is handed to the system. */
  private static final int SLICE = 4 << 20;

  /** How much room there must be on a disk before it counts as back. */
  private static final int PROBE = 64 << 10;

  /** What readers can read again, with the line feeds before and after it. */
  private static final int LONGEST_LINE = Lines.MAX_LINE - 1;

  private final StoreFiles files;
  private final AppendFile log;
  private final ChainLinker linker = new ChainLinker();
  private final ByteBuilder lines = new ByteBuilder(64 << 10);
  private final Map<String, ChainHead> heads = new TreeMap<>();
  private long durableBytes;
  private long durableEvents;
  private long savedEvents;
  private boolean damaged;

  FileCommitter(StoreFiles files, AppendFile log, SavedHeads start) {
    this.files = files;
    this.log = log;
    this.durableBytes = start.bytes();
    this.durableEvents = start.events();
    this.savedEvents = start.events();
    start.heads().forEach(head -> heads.put(head.chain(), head));
  }

  @Override
  public List<StoredEvent> commit(List<AuditEvent> batch) throws IOException {
    repair();
    List<StoredEvent> stored = new ArrayList<>(batch.size());
    Map<String, ChainHead> tips = new HashMap<>();
    long written = 0;
    damaged = true;
    lines.reset();
    try {
      for (AuditEvent event : batch) {
        stored.add(link(event, tips));
        if (lines.size() > SLICE) {
          written += flush();
        }
      }
      written += flush();
      log.force();
    } catch (IOException | RuntimeException e) {
      try {
        repair();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    damaged = false;
    publish(tips, written, batch.size());
    return stored;
  }

  private StoredEvent link(AuditEvent event, Map<String, ChainHead> tips) {
    String chain = AuditChain.keyOf(event.tenant());
    ChainHead tip = tips.get(chain);
    if (tip == null) {
      tip = heads.get(chain);
    }
    StoredEvent next =
        tip == null ? linker.link(event, 1, "") : linker.link(event, tip.seq() + 1, tip.hash());
    tips.put(chain, new ChainHead(chain, next.seq(), next.hash(), event.at()));
    int start = lines.size();
    linker.wire(next, lines);
    lines.add('\n');
    if (lines.size() - start > LONGEST_LINE) {
      throw new AuditException(
          AuditException.Code.EVENT_REFUSED,
          "an event must not be longer than " + LONGEST_LINE + " bytes");
    }
    return next;
  }

  /** Writes as much as a batch of a busy moment, and takes it away again. */
  @Override
  public boolean isBack() throws IOException {
    repair();
    damaged = true;
    log.append(ByteBuffer.allocate(PROBE));
    log.force();
    repair();
    return true;
  }

  private long flush() throws IOException {
    int size = lines.size();
    log.append(lines.asBuffer());
    lines.reset();
    return size;
  }

  private void repair() throws IOException {
    if (damaged) {
      log.truncate(durableBytes);
      log.force();
      damaged = false;
    }
  }

  private synchronized void publish(Map<String, ChainHead> tips, long bytes, int events) {
    heads.putAll(tips);
    durableBytes += bytes;
    durableEvents += events;
  }

  /**
   * How much is durable.
   *
   * @param bytes the length of the durable log
   * @param events how many events those are
   */
  record Extent(long bytes, long events) {}

  /** How much is durable now. */
  synchronized Extent extent() {
    return new Extent(durableBytes, durableEvents);
  }

  /** What is durable now: every chain's head, so it is not asked for each page. */
  synchronized SavedHeads durable() {
    return new SavedHeads(durableBytes, durableEvents, List.copyOf(heads.values()));
  }

  /** Saves after so many events; for the writer, once nobody waits for its batch any longer. */
  void saveIfDue() {
    if (durableEvents - savedEvents >= SAVE_EVERY) {
      save();
    }
  }

  /** Remembers what is durable now. Not being able to costs time at the next opening, no event. */
  void save() {
    SavedHeads now = durable();
    try {
      now.save(files);
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot save " + files.heads(), e);
    }
    savedEvents = now.events();
  }

  /** Saves if there is something new, and closes the log. */
  void close() throws IOException {
    try {
      repair();
      save();
    } finally {
      log.close();
    }
  }
}
