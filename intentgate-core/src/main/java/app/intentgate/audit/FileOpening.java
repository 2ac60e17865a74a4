package app.intentgate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log when its store is opened: verifies from the saved heads to the end, cuts a torn last
 * line off and keeps it, and finds the heads to go on from.
 */
final class FileOpening {
  private static final System.Logger LOG = System.getLogger(FileOpening.class.getName());
  private static final long PROGRESS_EVERY = 1_000_000;

  /**
   * What opening found.
   *
   * @param start up to where an earlier opening had verified; what is before that is still to be
   * @param end where the log ends, and the heads to go on from
   * @param broken what does not hold between the two; null when all does
   */
  record Opened(SavedHeads start, SavedHeads end, @Nullable BrokenEvent broken) {}

  private final StoreFiles files;

  FileOpening(StoreFiles files) {
    this.files = files;
  }

  /** Reads the log, given what was saved; null when nothing was. */
  Opened open(@Nullable SavedHeads saved) throws IOException {
    try (FileChannel channel =
        FileChannel.open(files.log(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      if (saved == null && size > 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} is not there: verifying {1} from its first event, and nothing says how far it had"
                + " come",
            files.heads(),
            files.log());
      }
      if (saved != null && saved.bytes() <= size) {
        return open(channel, saved, new ChainsWalk(true).continuing(saved.heads()));
      }
      List<ChainHead> wanted = saved == null ? List.of() : saved.heads();
      return open(channel, SavedHeads.NONE, new ChainsWalk(true).remembering(wanted));
    }
  }

  private Opened open(FileChannel channel, SavedHeads from, ChainsWalk walk) throws IOException {
    Lines lines = new Lines(FileReading.stream(channel, from.bytes(), channel.size()));
    long end = from.bytes();
    while (lines.next()) {
      if (!lines.isTerminated()) {
        cutTorn(channel, end);
        break;
      }
      walk.line(lines, from.events() + lines.number());
      end = from.bytes() + lines.bytes();
      if (lines.number() % PROGRESS_EVERY == 0) {
        LOG.log(System.Logger.Level.INFO, "verified {0} audit events", lines.number());
      }
    }
    List<ChainHead> heads =
        walk.reports().stream().map(VerificationReport::head).filter(Objects::nonNull).toList();
    BrokenEvent broken = walk.firstBreak();
    return new Opened(from, new SavedHeads(end, from.events() + walk.rows(), heads), broken);
  }

  /** A write that a crash cut short was never answered; it is kept for whoever wants to look. */
  private void cutTorn(FileChannel channel, long end) throws IOException {
    long length = channel.size() - end;
    StoreFiles.makePrivate(files.torn());
    try (FileChannel torn =
        FileChannel.open(files.torn(), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      for (long moved = 0; moved < length; ) {
        moved += channel.transferTo(end + moved, length - moved, torn);
      }
      torn.write(ByteBuffer.wrap(new byte[] {'\n'}));
      torn.force(true);
    }
    channel.truncate(end);
    channel.force(true);
    LOG.log(
        System.Logger.Level.WARNING,
        "the last line of {0} was torn: {1} bytes cut off and kept in {2}",
        files.log(),
        length,
        files.torn());
  }
}
