package app.intentgate.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an audit file away from any gate: a file store's log, or an export as JSON lines or CSV,
 * of any number of tenants. Memory grows with the number of chains, not with the file: of the
 * checkpoints that end it 64 MiB are kept, and more are a break. Stateless and thread-safe.
 *
 * <p>A chain must start at its first event. A file alone cannot show that its newest events were
 * cut off, or that all of it was written anew: that takes heads remembered elsewhere.
 */
public final class AuditFileVerifier {
  private static final long PROGRESS_EVERY = 1 << 15;
  private static final byte[] TRAILER = "{\"checkpoint\":".getBytes(StandardCharsets.US_ASCII);

  /** What the lines may look like. */
  public enum Form {
    /** Byte for byte as the gate writes: a changed byte is found even where it says nothing. */
    EXACT,
    /** Any JSON of events, such as another program's copy: read for what it says. */
    ANY_JSON
  }

  /** Is told how far a verification is. */
  @FunctionalInterface
  public interface Progress {
    /** So many bytes were read, which held so many events. */
    void at(long bytes, long events);
  }

  /**
   * What was found.
   *
   * @param events how many events the file has
   * @param bytes how long it is
   * @param chains what was found in each chain, by name
   * @param broken the break that comes first in the file; null when all holds
   * @param trailers the lines after the events that hold checkpoints, unchecked
   */
  public record Result(
      long events,
      long bytes,
      List<VerificationReport> chains,
      @Nullable BrokenEvent broken,
      List<String> trailers) {
    /** Copies the lists. */
    public Result {
      chains = List.copyOf(chains);
      trailers = List.copyOf(trailers);
    }

    /** Whether everything holds. */
    public boolean ok() {
      return broken == null;
    }
  }

  private AuditFileVerifier() {}

  /**
   * Verifies a file.
   *
   * @param remembered heads that the chains must reach, with their hashes there; may be empty
   * @throws IOException when the file cannot be read
   */
  public static Result verify(
      Path file, Form form, Collection<ChainHead> remembered, Progress progress)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return verify(in, form, remembered, progress);
    }
  }

  /**
   * The heads that a file store keeps beside its log; none for a file that is no store's.
   *
   * @throws AuditException {@link AuditException.Code#CHAIN_BROKEN} when they are damaged
   */
  public static List<ChainHead> savedHeads(Path log) throws IOException {
    SavedHeads saved = SavedHeads.read(StoreFiles.of(log));
    return saved == null ? List.of() : saved.heads();
  }

  /**
   * Verifies a stream; see {@link #verify(Path, Form, Collection, Progress)}. Does not close it.
   */
  public static Result verify(
      InputStream in, Form form, Collection<ChainHead> remembered, Progress progress)
      throws IOException {
    Lines lines = new Lines(in);
    boolean exact = form == Form.EXACT;
    ChainsWalk walk = new ChainsWalk(exact).remembering(remembered);
    Trailers trailers = new Trailers();
    CsvVerification csv = null;
    while (lines.next()) {
      if (lines.number() % PROGRESS_EVERY == 0) {
        progress.at(lines.bytes(), lines.number());
      }
      if (lines.number() == 1
          && CsvVerification.isHeader(lines.buffer(), lines.from(), lines.to())) {
        csv = new CsvVerification(lines, walk, trailers, exact);
      }
      if (csv != null) {
        csv.record();
        continue;
      }
      if (isTrailer(lines)) {
        if (!trailers.add(text(lines))) {
          walk.unreadable(lines.number(), Trailers.TOO_MANY);
        }
        continue;
      }
      if (trailers.count() > 0) {
        walk.unreadable(lines.number(), "an event comes after the checkpoints that end the file");
      }
      if (exact && !lines.isTerminated()) {
        walk.unreadable(lines.number(), "the last line is torn: it does not end in a line feed");
      } else {
        walk.line(lines, lines.number());
      }
    }
    progress.at(lines.bytes(), lines.number());
    return new Result(
        csv == null ? lines.number() - trailers.count() : csv.rows(),
        lines.bytes(),
        walk.reports(),
        walk.firstBreak(),
        trailers.kept());
  }

  private static boolean isTrailer(Lines lines) {
    int end = lines.from() + TRAILER.length;
    return lines.to() >= end
        && Arrays.equals(lines.buffer(), lines.from(), end, TRAILER, 0, TRAILER.length);
  }

  private static String text(Lines lines) {
    return new String(
        lines.buffer(), lines.from(), lines.to() - lines.from(), StandardCharsets.UTF_8);
  }
}
