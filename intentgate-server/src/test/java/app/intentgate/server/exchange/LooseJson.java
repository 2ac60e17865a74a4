package app.intentgate.server.exchange;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as other programs may read it: every member kept, so that each way of settling two of one
 * name can be tried.
 */
public final class LooseJson {
  /** How a program settles members that share a name. */
  public enum Reading {
    /** The first counts. */
    FIRST_WINS,
    /** The last counts. */
    LAST_WINS,
    /** Names are the same whatever their letters' case, and the first counts. */
    FOLDED_FIRST_WINS,
    /** Names are the same whatever their letters' case, and the last counts. */
    FOLDED_LAST_WINS;

    boolean folds() {
      return this == FOLDED_FIRST_WINS || this == FOLDED_LAST_WINS;
    }

    boolean firstWins() {
      return this == FIRST_WINS || this == FOLDED_FIRST_WINS;
    }
  }

  private record Members(List<Map.Entry<String, Object>> list) {}

  private static final Object NULL = new Object();

  private final Object root;

  private LooseJson(Object root) {
    this.root = root;
  }

  /** Reads a document, which must be JSON. */
  public static LooseJson parse(byte[] json) {
    Reader reader = new Reader(new String(json, StandardCharsets.UTF_8));
    Object root = reader.value();
    if (reader.peek() != Reader.END) {
      throw new IllegalArgumentException("something follows the document");
    }
    return new LooseJson(root);
  }

  /** A reader of our own for tests alone: no JSON library takes every name a wire may carry. */
  private static final class Reader {
    static final char END = '\uffff';

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    /** The next character that is no white space, which stays. */
    char peek() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : END;
    }

    private void take(String expected) {
      peek();
      if (!text.startsWith(expected, at)) {
        throw new IllegalArgumentException("expected " + expected + " at " + at);
      }
      at += expected.length();
    }

    Object value() {
      switch (peek()) {
        case '{':
          return members();
        case '[':
          return items();
        case '"':
          return string();
        case 't':
          take("true");
          return true;
        case 'f':
          take("false");
          return false;
        case 'n':
          take("null");
          return NULL;
        default:
          return number();
      }
    }

    private Members members() {
      List<Map.Entry<String, Object>> members = new ArrayList<>();
      take("{");
      while (peek() != '}') {
        if (!members.isEmpty()) {
          take(",");
        }
        peek();
        String name = string();
        take(":");
        members.add(Map.entry(name, value()));
      }
      take("}");
      return new Members(members);
    }

    private List<Object> items() {
      List<Object> items = new ArrayList<>();
      take("[");
      while (peek() != ']') {
        if (!items.isEmpty()) {
          take(",");
        }
        items.add(value());
      }
      take("]");
      return items;
    }

    private BigDecimal number() {
      int start = at;
      while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return new BigDecimal(text.substring(start, at)).stripTrailingZeros();
    }

    private String string() {
      take("\"");
      StringBuilder out = new StringBuilder();
      while (text.charAt(at) != '"') {
        char c = text.charAt(at++);
        out.append(c == '\\' ? escape() : c);
      }
      at++;
      return out.toString();
    }

    private char escape() {
      char c = text.charAt(at++);
      if (c == 'u') {
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      int simple = "bfnrt".indexOf(c);
      return simple < 0 ? c : "\b\f\n\r\t".charAt(simple);
    }
  }

  /** Whether no object in it has two members that some program takes for one, at any depth. */
  public boolean hasTwins() {
    return hasTwins(root);
  }

  private static boolean hasTwins(Object value) {
    if (value instanceof Members members) {
      long names = members.list().stream().map(Map.Entry::getKey).distinct().count();
      return names < members.list().size()
          || members.list().stream().anyMatch(m -> hasTwins(m.getValue()));
    }
    return value instanceof List<?> items && items.stream().anyMatch(LooseJson::hasTwins);
  }

  /** The outermost members as that reading sees them, two levels deep folded; else null. */
  public Map<String, Object> read(Reading reading) {
    return root instanceof Members members ? settle(members, reading, 2) : null;
  }

  /** Members by name; the names of the outer levels folded, the inner ones as they are. */
  private static Map<String, Object> settle(Members members, Reading reading, int folded) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (Map.Entry<String, Object> member : members.list()) {
      String name = reading.folds() && folded > 0 ? fold(member.getKey()) : member.getKey();
      Object value = settled(member.getValue(), reading, folded - 1);
      if (reading.firstWins()) {
        out.putIfAbsent(name, value);
      } else {
        out.put(name, value);
      }
    }
    return out;
  }

  private static Object settled(Object value, Reading reading, int folded) {
    if (value instanceof Members members) {
      return settle(members, reading, folded);
    }
    return value instanceof List<?> items
        ? items.stream().map(item -> settled(item, reading, folded)).toList()
        : value;
  }

  private static String fold(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
