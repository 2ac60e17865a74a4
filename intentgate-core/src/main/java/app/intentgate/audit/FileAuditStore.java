package app.intentgate.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the chains of all tenants in one file of JSON lines, durable by group commit: a stage
 * completes after the event's line was written and forced to the disk, together with all that
 * waited meanwhile. Thread-safe; one process at a time may have a file open.
 *
 * <p>Opening verifies what was appended since the heads were last saved (every 10,000 events and at
 * closing) and refuses to go on from a chain that is broken there; what is before that is verified
 * in the background, and {@link #health} says how far. A torn last line is cut off and kept beside
 * the file as {@code .torn}: it was never answered. When the disk fails, appends fail until it
 * recovers, and no part of a failed batch stays in the file. An event whose line would be longer
 * than 64 MiB is refused, since it could not be read again.
 *
 * <p>Queries read the file from its newest end; there is no index.
 */
public final class FileAuditStore implements AuditStore {
  private static final System.Logger LOG = System.getLogger(FileAuditStore.class.getName());

  private final StoreFiles files;
  private final StoreLock lock;
  private final FileCommitter committer;
  private final AuditWriter writer;
  private final FileReading reading;
  private final BackgroundVerification background;
  private final @Nullable BrokenEvent broken;
  private final long verifiedAtOpening;
  private boolean closed;

  FileAuditStore(
      StoreFiles files,
      StoreLock lock,
      FileOpening.Opened opened,
      AppendFile log,
      AuditWriter.Limits limits,
      java.util.concurrent.@Nullable Executor completions) {
    this.files = files;
    this.lock = lock;
    this.broken = opened.broken();
    this.verifiedAtOpening = opened.end().events() - opened.start().events();
    this.committer = new FileCommitter(files, log, opened.end());
    this.reading = new FileReading(files.log());
    this.background = new BackgroundVerification(files.log(), opened.start()).start();
    this.writer = new AuditWriter("audit", limits, committer, completions, committer::saveIfDue);
  }

  /**
   * Opens a file with default limits, and makes it if it is not there.
   *
   * @throws AuditException {@link AuditException.Code#CHAIN_BROKEN} when what was appended last
   *     does not hold; {@link AuditException.Code#DIRECTORY_HELD} when another process has the file
   *     open; {@link AuditException.Code#STORE_UNAVAILABLE} when it cannot be read or written
   */
  public static FileAuditStore open(Path file) {
    return builder(file).open();
  }

  /** A builder for a store in a file. */
  public static FileAuditStoreBuilder builder(Path file) {
    return new FileAuditStoreBuilder(file);
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    AuditEvent storable;
    try {
      storable = AuditStore.storable(event);
    } catch (AuditException e) {
      return CompletableFuture.failedFuture(e);
    }
    return writer.append(storable);
  }

  @Override
  public AuditPage query(AuditQuery query) {
    return reading.page(query, committer.extent());
  }

  @Override
  public void export(AuditQuery query, AuditVisitor visitor) {
    reading.export(query, visitor, committer.extent().bytes());
  }

  @Override
  public void exportLines(AuditQuery query, LineVisitor visitor) {
    reading.exportLines(query, visitor, committer.extent().bytes());
  }

  @Override
  public VerificationReport verify(String tenant, @Nullable Instant from, @Nullable Instant to) {
    String chain = AuditChain.keyOf(tenant);
    SavedHeads durable = committer.durable();
    ChainsWalk walk =
        new ChainsWalk(true).remembering(durable.heads()).only(chain, new TimeWindow(from, to));
    try (FileChannel channel = FileChannel.open(files.log(), StandardOpenOption.READ)) {
      Lines lines = new Lines(FileReading.stream(channel, 0, durable.bytes()));
      while (lines.next()) {
        walk.line(lines, lines.number());
      }
    } catch (IOException e) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, "cannot read " + files.log(), e);
    }
    return walk.reportOf(chain);
  }

  @Override
  public List<ChainHead> heads() {
    return committer.durable().heads();
  }

  @Override
  public AuditHealth health() {
    String problem = writer.problem();
    BrokenEvent found = broken != null ? broken : background.broken();
    return new AuditHealth(
        problem == null,
        problem,
        writer.pending(),
        writer.appended(),
        writer.failed(),
        verifiedAtOpening + background.verified(),
        background.left(),
        found);
  }

  /** Writes what waits, remembers the heads, and lets the file go. Once; then it does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return; // The file may be another store's by now.
    }
    closed = true;
    writer.close();
    background.stop();
    try {
      committer.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "cannot close " + files.log(), e);
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot let go of " + files.lock(), e);
    }
  }
}
