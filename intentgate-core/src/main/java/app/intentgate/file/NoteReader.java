package app.intentgate.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads signed notes from a file one after the other, in constant memory. One that was cut off in
 * writing at the end is none. Not thread-safe.
 */
final class NoteReader implements Closeable {
  /** Far longer than any note, of which a tenant's name is the only part without a length. */
  static final int LONGEST = 64 << 10;

  /** How the last line of a note begins; the line that closes rows may follow. */
  private static final String SIGNATURE = "\u2014 ";

  private static final String CLOSES = "closes ";

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

  NoteReader(Path file) throws IOException {
    this.in = new BufferedInputStream(Files.newInputStream(file));
  }

  /**
   * The next note; null when there is none.
   *
   * @throws IOException when the file cannot be read, or what stands there is longer than any note
   */
  @Nullable String next() throws IOException {
    StringBuilder note = new StringBuilder();
    for (String next; (next = line()) != null; ) {
      if (note.isEmpty() && (next.isBlank() || next.startsWith(CLOSES))) {
        continue;
      }
      note.append(next).append('\n');
      if (next.startsWith(SIGNATURE)) {
        return note.toString();
      }
      checkLength(note.length());
    }
    return null;
  }

  private @Nullable String line() throws IOException {
    line.reset();
    for (int next; (next = in.read()) >= 0; ) {
      if (next == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
      line.write(next);
      checkLength(line.size());
    }
    return null;
  }

  private static void checkLength(int length) throws IOException {
    if (length > LONGEST) {
      throw new IOException("a note is longer than " + LONGEST + " bytes");
    }
  }

  /** Where the whole notes in the tail of a file end, with the blank lines that follow; or -1. */
  static int endOfWhole(byte[] tail) {
    int end = tail.length;
    while (end > 0 && !isEnd(tail, end)) {
      end--;
    }
    if (end == 0) {
      return -1;
    }
    while (end < tail.length && (tail[end] == '\n' || tail[end] == '\r')) {
      end++;
    }
    return end;
  }

  /** Whether a note's last line ends there, with its line feed. */
  private static boolean isEnd(byte[] tail, int end) {
    if (tail[end - 1] != '\n') {
      return false;
    }
    int start = end - 1;
    while (start > 0 && tail[start - 1] != '\n') {
      start--;
    }
    String last = new String(tail, start, end - start, StandardCharsets.UTF_8);
    return last.startsWith(SIGNATURE) || last.startsWith(CLOSES);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
