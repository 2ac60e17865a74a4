package app.intentgate.rego.jose;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PEM block (RFC 7468), found as Go finds it: a block ends at the first line that ends one, and
 * begins at the last line before that begins one. So a text is walked over once, whatever is in it.
 *
 * @param type the words after BEGIN
 * @param bytes what it holds
 * @param end where the text behind the block starts
 */
public record Pem(String type, byte[] bytes, int end) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "\n-----END ";
  private static final String DASHES = "-----";

  /** The first well-formed block in a text, or null. Headers of a block are read over. */
  public static @Nullable Pem first(String text) {
    return from(text, 0);
  }

  /** All blocks in a text, in order. */
  public static List<Pem> all(String text) {
    List<Pem> blocks = new ArrayList<>();
    for (Pem p = first(text); p != null; p = from(text, p.end())) {
      blocks.add(p);
    }
    return blocks;
  }

  private static @Nullable Pem from(String text, int start) {
    int from = start;
    for (int end = text.indexOf(END, from); end >= 0; end = text.indexOf(END, from)) {
      int begin = text.substring(from, end).lastIndexOf(BEGIN);
      int at = from + begin;
      if (begin >= 0 && (at == 0 || text.charAt(at - 1) == '\n')) {
        Pem block = read(text, at + BEGIN.length(), end);
        if (block != null) {
          return block;
        }
      }
      from = end + END.length();
    }
    return null;
  }

  /** The block between its first line, from the type on, and the line break before its last. */
  private static @Nullable Pem read(String text, int typeStart, int end) {
    int lineEnd = text.indexOf('\n', typeStart);
    String first = text.substring(typeStart, lineEnd).stripTrailing();
    if (!first.endsWith(DASHES)) {
      return null;
    }
    String type = first.substring(0, first.length() - DASHES.length());
    String last = type + DASHES;
    int after = end + END.length();
    if (!text.startsWith(last, after)) {
      return null;
    }
    after += last.length();
    while (after < text.length() && " \t\r".indexOf(text.charAt(after)) >= 0) {
      after++;
    }
    if (after < text.length() && text.charAt(after++) != '\n') {
      return null;
    }
    byte[] bytes = decoded(text, behindHeaders(text, lineEnd, end), end);
    return bytes == null ? null : new Pem(type, bytes, after);
  }

  /** Where the lines without a colon start. */
  private static int behindHeaders(String text, int lineEnd, int end) {
    int at = lineEnd;
    while (at < end) {
      int next = text.indexOf('\n', at + 1);
      if (text.substring(at + 1, next).indexOf(':') < 0) {
        break;
      }
      at = next;
    }
    return at;
  }

  private static byte @Nullable [] decoded(String text, int from, int end) {
    StringBuilder letters = new StringBuilder();
    for (int i = from; i < end; i++) {
      if (" \t\r\n".indexOf(text.charAt(i)) < 0) {
        letters.append(text.charAt(i));
      }
    }
    if (letters.length() % 4 != 0) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(letters.toString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
