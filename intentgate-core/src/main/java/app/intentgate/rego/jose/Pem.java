package app.intentgate.rego.jose;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PEM block (RFC 7468).
 *
 * @param type the words after BEGIN
 * @param bytes what it holds
 * @param rest the text behind the block
 */
public record Pem(String type, byte[] bytes, String rest) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /** The first well-formed block in a text, or null. Headers of a block are read over. */
  public static @Nullable Pem first(String text) {
    int from = 0;
    while (true) {
      int begin = text.indexOf(BEGIN, from);
      if (begin < 0) {
        return null;
      }
      from = begin + BEGIN.length();
      boolean lineStart = begin == 0 || text.charAt(begin - 1) == '\n';
      Pem block = lineStart ? read(text, from) : null;
      if (block != null) {
        return block;
      }
    }
  }

  /** All blocks in a text, in order. */
  public static List<Pem> all(String text) {
    List<Pem> blocks = new ArrayList<>();
    for (Pem p = first(text); p != null; p = first(p.rest())) {
      blocks.add(p);
    }
    return blocks;
  }

  private static @Nullable Pem read(String text, int typeStart) {
    int typeEnd = text.indexOf(DASHES, typeStart);
    if (typeEnd < 0 || text.substring(typeStart, typeEnd).indexOf('\n') >= 0) {
      return null;
    }
    String type = text.substring(typeStart, typeEnd);
    int bodyStart = typeEnd + DASHES.length();
    String endLine = END + type + DASHES;
    int end = text.indexOf(endLine, bodyStart);
    if (end < 0) {
      return null;
    }
    StringBuilder body = new StringBuilder();
    for (String line : text.substring(bodyStart, end).split("\n", -1)) {
      if (line.indexOf(':') < 0) {
        body.append(line.strip());
      }
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(body.toString());
      return new Pem(type, bytes, behindLine(text, end + endLine.length()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String behindLine(String text, int end) {
    int at = end;
    while (at < text.length() && " \t\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    boolean lineEnd = at < text.length() && text.charAt(at) == '\n';
    return text.substring(lineEnd ? at + 1 : end);
  }
}
