package app.intentgate.server.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
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
  public static LooseJson parse(byte[] json) throws IOException {
    try (JsonParser parser = Vectors.JSON.createParser(json)) {
      parser.nextToken();
      LooseJson document = new LooseJson(value(parser));
      if (parser.nextToken() != null) {
        throw new IOException("something follows the document");
      }
      return document;
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        List<Map.Entry<String, Object>> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.add(Map.entry(name, value(parser)));
        }
        return new Members(members);
      case START_ARRAY:
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        return items;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
        return new BigDecimal(parser.getText()).stripTrailingZeros();
      case VALUE_STRING:
        return parser.getText();
      case VALUE_NULL:
        return NULL;
      default:
        return parser.getBooleanValue();
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
