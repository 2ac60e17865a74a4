package app.intentgate.rego.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the regular files of a tar archive: ustar with prefixes, GNU's long names and the paths of
 * PAX headers. Links, devices and folders are passed over. Not thread-safe.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int MAX_NAME = 1 << 16;

  private final InputStream in;
  private final byte[] header = new byte[BLOCK];
  private long left;

  /** A regular file. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Member(String name, byte[] content) {}

  TarReader(InputStream in, long maxBytes) {
    this.in = in;
    this.left = maxBytes;
  }

  /**
   * The next regular file, or null at the end.
   *
   * @throws IOException when the archive is malformed, ends early, or is larger than permitted
   */
  @Nullable Member next() throws IOException {
    String longName = null;
    while (readHeader() && header[0] != 0) {
      check();
      long size = octal(124, 12);
      char type = (char) header[156];
      switch (type) {
        case '0', '\0' -> {
          String name = longName == null ? name() : longName;
          return new Member(name, content(size));
        }
        case 'L' -> longName = text(content(named(size)));
        case 'x' -> longName = paxPath(text(content(named(size))), longName);
        default -> {
          content(size);
          longName = null;
        }
      }
    }
    return null;
  }

  /** The next header; false at the end. What ends within one would lose files unnoticed. */
  private boolean readHeader() throws IOException {
    int length = in.readNBytes(header, 0, BLOCK);
    if (length > 0 && length < BLOCK) {
      throw new EOFException("tar: the archive ends early");
    }
    return length == BLOCK;
  }

  private static long named(long size) throws IOException {
    if (size > MAX_NAME) {
      throw new IOException("tar: a name is too long");
    }
    return size;
  }

  private void check() throws IOException {
    long expected = octal(148, 8);
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != expected) {
      throw new IOException("tar: invalid header");
    }
  }

  private byte[] content(long size) throws IOException {
    long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
    left -= padded;
    if (left < 0) {
      throw new IOException("tar: the archive is too large");
    }
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw new EOFException("tar: the archive ends early");
    }
    in.skipNBytes(padded - size);
    return content;
  }

  private String name() {
    String prefix = header[257] == 'u' && header[263] == '0' ? text(345, 155) : "";
    String name = text(0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private long octal(int offset, int length) throws IOException {
    String digits = text(offset, length).strip();
    try {
      long value = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      if (value < 0 || value > Integer.MAX_VALUE - BLOCK) {
        throw new IOException("tar: a file is too large");
      }
      return value;
    } catch (NumberFormatException e) {
      throw new IOException("tar: invalid header", e);
    }
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static String text(byte[] content) {
    int end = content.length;
    while (end > 0 && content[end - 1] == 0) {
      end--;
    }
    return new String(content, 0, end, StandardCharsets.UTF_8);
  }

  /** The path among records of the form {@code length key=value\n}. */
  private static @Nullable String paxPath(String records, @Nullable String otherwise) {
    for (String line : records.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (line.startsWith("path=", space + 1)) {
        return line.substring(space + 1 + "path=".length());
      }
    }
    return otherwise;
  }
}
