package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a JSON value differs from what a recording expects, as lines. Members that the recording does
 * not name are permitted: a gate may say more than the reference.
 */
final class Differences {
  private Differences() {}

  static List<String> of(JsonNode expected, JsonNode actual) {
    List<String> out = new ArrayList<>();
    add(expected, actual, "", out);
    return out;
  }

  private static void add(JsonNode expected, JsonNode actual, String path, List<String> out) {
    if (expected.isTextual()) {
      Optional<Predicate<JsonNode>> word = Placeholder.of(expected.asText());
      if (!word.map(w -> w.test(actual)).orElseGet(() -> expected.equals(actual))) {
        out.add(path + ": " + show(actual) + " is not " + show(expected));
      }
    } else if (expected.isObject()) {
      addObject(expected, actual, path, out);
    } else if (expected.isArray()) {
      addArray(expected, actual, path, out);
    } else if (!sameScalar(expected, actual)) {
      out.add(path + ": " + show(actual) + " is not " + show(expected));
    }
  }

  private static boolean sameScalar(JsonNode expected, JsonNode actual) {
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }

  private static void addArray(JsonNode expected, JsonNode actual, String path, List<String> out) {
    if (!actual.isArray() || actual.size() != expected.size()) {
      out.add(path + ": " + show(actual) + " is not " + show(expected));
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      add(expected.get(i), actual.get(i), path + "/" + i, out);
    }
  }

  private static void addObject(JsonNode expected, JsonNode actual, String path, List<String> out) {
    if (expected.size() == 1) {
      String only = expected.fieldNames().next();
      JsonNode items = expected.get(only);
      switch (only) {
        case "<one-of>":
          if (!anyMatches(items, actual)) {
            out.add(path + ": " + show(actual) + " is none of " + show(items));
          }
          return;
        case "<unordered>":
          addUnordered(items, actual, path, out);
          return;
        case "<contains>":
          for (JsonNode item : items) {
            if (!actual.isArray() || !anyActual(item, actual)) {
              out.add(path + ": " + show(item) + " missing in " + show(actual));
            }
          }
          return;
        default:
          break;
      }
    }
    if (!actual.isObject()) {
      out.add(path + ": " + show(actual) + " is not an object");
      return;
    }
    expected
        .properties()
        .forEach(
            e -> {
              JsonNode found = actual.get(e.getKey());
              String at = path + "/" + e.getKey();
              if (e.getValue().isTextual() && e.getValue().asText().equals("<absent>")) {
                if (found != null) {
                  out.add(at + ": unexpected " + show(found));
                }
              } else if (found == null) {
                out.add(at + ": missing");
              } else {
                add(e.getValue(), found, at, out);
              }
            });
  }

  private static void addUnordered(JsonNode items, JsonNode actual, String path, List<String> out) {
    if (!actual.isArray() || actual.size() != items.size()) {
      out.add(path + ": " + show(actual) + " is not " + show(items) + " in any order");
      return;
    }
    List<JsonNode> rest = new LinkedList<>();
    actual.forEach(rest::add);
    for (JsonNode item : items) {
      Optional<JsonNode> hit = rest.stream().filter(a -> of(item, a).isEmpty()).findFirst();
      if (hit.isEmpty()) {
        out.add(path + ": " + show(item) + " missing in " + show(actual));
        return;
      }
      rest.remove(hit.get());
    }
  }

  private static boolean anyMatches(JsonNode choices, JsonNode actual) {
    for (JsonNode choice : choices) {
      if (of(choice, actual).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyActual(JsonNode item, JsonNode actual) {
    for (JsonNode a : actual) {
      if (of(item, a).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  static String show(JsonNode value) {
    String text = value == null ? "nothing" : value.toString();
    return text.length() < 300 ? text : text.substring(0, 300) + "...";
  }
}
