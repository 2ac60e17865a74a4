package app.intentgate.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link FileAuditStore} needs. Not thread-safe. */
public final class FileAuditStoreBuilder {
  /** Opens the log for appending; tests give one that fails. */
  @FunctionalInterface
  interface LogOpener {
    AppendFile open(Path log) throws IOException;
  }

  private final StoreFiles files;
  private AuditWriter.Limits limits = AuditWriter.Limits.ofDefaults();
  private @Nullable Executor completions;
  private boolean continueBroken;
  private LogOpener opener = AppendFile::open;

  FileAuditStoreBuilder(Path file) {
    this.files = StoreFiles.of(file);
  }

  /** Sets how much may wait to become durable, and how long. */
  public FileAuditStoreBuilder limits(AuditWriter.Limits limits) {
    this.limits = limits;
    return this;
  }

  /**
   * Sets where the stages of appends are completed, and so where what follows them runs: one task
   * per batch, never on the calling thread. By default one thread of the store's own, which callers
   * must not block.
   */
  public FileAuditStoreBuilder completions(Executor executor) {
    this.completions = executor;
    return this;
  }

  /**
   * Opens the store also when what was appended last does not hold, or the remembered heads are
   * damaged. It goes on from the last rows that can be read; verification goes on reporting the
   * break.
   */
  public FileAuditStoreBuilder continueBroken(boolean continueBroken) {
    this.continueBroken = continueBroken;
    return this;
  }

  FileAuditStoreBuilder logOpener(LogOpener logOpener) {
    this.opener = logOpener;
    return this;
  }

  /**
   * Opens the store; see {@link FileAuditStore#open}.
   *
   * @throws AuditException as there
   */
  public FileAuditStore open() {
    try {
      files.makeDirectory();
      StoreLock lock = StoreLock.take(files.lock());
      try {
        return open(lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE,
          "cannot open the audit file %s: %s".formatted(files.log(), e),
          e);
    }
  }

  private FileAuditStore open(StoreLock lock) throws IOException {
    StoreFiles.makePrivate(files.log());
    FileOpening.Opened opened = new FileOpening(files).open(saved());
    BrokenEvent broken = opened.broken();
    if (broken != null && !continueBroken) {
      throw new AuditException(
          AuditException.Code.CHAIN_BROKEN,
          "%s is broken at line %d, row %d: %s; %s. Keep the file as evidence and start another, or open it on purpose to go on after the break"
              .formatted(
                  files.log(),
                  broken.line(),
                  broken.seq(),
                  broken.how().reason(),
                  broken.detail()));
    }
    opened.end().save(files);
    return new FileAuditStore(files, lock, opened, opener.open(files.log()), limits, completions);
  }

  private @Nullable SavedHeads saved() throws IOException {
    try {
      return SavedHeads.read(files);
    } catch (AuditException e) {
      if (!continueBroken) {
        throw e;
      }
      return null;
    }
  }
}
