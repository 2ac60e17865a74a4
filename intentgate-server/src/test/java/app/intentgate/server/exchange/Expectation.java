package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a recording says an answer, or a request that arrived upstream, must look like. */
final class Expectation {
  private Expectation() {}

  /** How an answer differs from what is expected; empty when it does not. */
  static List<String> differences(JsonNode expected, Answer answer) {
    List<String> out = new ArrayList<>();
    JsonNode status = expected.path("status");
    boolean right =
        status.isArray() ? anyIs(status, answer.status()) : status.asInt(0) == answer.status();
    if (!right) {
      out.add("status " + answer + " is not " + status);
    }
    addHeaders(expected.path("headers"), answer::header, "", out);
    if (expected.has("body_json")) {
      addJson(expected.get("body_json"), answer.body(), "", out);
    }
    if (expected.has("body_text")) {
      List<String> text =
          Differences.of(expected.get("body_text"), TextNode.valueOf(answer.text()));
      out.addAll(text);
    }
    if (expected.has("body_ndjson")) {
      ArrayNode lines = Vectors.JSON.createArrayNode();
      answer.text().lines().filter(l -> !l.isBlank()).forEach(l -> lines.add(parse(l.getBytes())));
      out.addAll(Differences.of(expected.get("body_ndjson"), lines));
    }
    if (expected.has("body_csv")) {
      out.addAll(CsvRows.differences(expected.get("body_csv"), answer.text()));
    }
    if (expected.has("body_lines")) {
      out.addAll(MetricLines.differences(expected.get("body_lines"), answer.text()));
    }
    if (expected.path("body_empty").asBoolean() && answer.body().length > 0) {
      out.add("body is not empty: " + answer);
    }
    return out;
  }

  /** How the requests an upstream got differ from those it should have. */
  static List<String> differences(JsonNode expected, List<StubServer.Request> seen) {
    List<String> out = new ArrayList<>();
    if (expected.size() != seen.size()) {
      out.add("upstream got " + seen.size() + " requests, not " + expected.size());
      return out;
    }
    for (int i = 0; i < seen.size(); i++) {
      JsonNode want = expected.get(i);
      StubServer.Request got = seen.get(i);
      String at = "upstream " + i;
      addText(want, "method", got.method(), at, out);
      addText(want, "path", got.path(), at, out);
      Answer carrier = new Answer(0, got.headers(), new byte[0]);
      addHeaders(want.path("headers"), carrier::header, at, out);
      if (want.has("body_json")) {
        addJson(want.get("body_json"), got.body(), at, out);
      }
    }
    return out;
  }

  private static boolean anyIs(JsonNode statuses, int status) {
    for (JsonNode s : statuses) {
      if (s.asInt() == status) {
        return true;
      }
    }
    return false;
  }

  private static void addText(
      JsonNode want, String member, String got, String at, List<String> out) {
    if (want.has(member) && !want.get(member).asText().equals(got)) {
      out.add(at + ": " + member + " " + got + " is not " + want.get(member).asText());
    }
  }

  private static void addJson(JsonNode want, byte[] body, String at, List<String> out) {
    JsonNode got = parse(body);
    if (got == null) {
      out.add(at + " body is not JSON: " + new Answer(0, List.of(), body));
      return;
    }
    Differences.of(want, got).forEach(d -> out.add(at + d));
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode node = Vectors.JSON.readTree(body);
      return node == null || node.isMissingNode() ? null : node;
    } catch (IOException e) {
      return null;
    }
  }

  private interface Headers {
    String get(String name);
  }

  private static void addHeaders(JsonNode want, Headers got, String at, List<String> out) {
    want.properties()
        .forEach(
            e -> {
              String value = got.get(e.getKey());
              if (!headerFits(e.getKey(), e.getValue().asText(), value)) {
                out.add(at + " header " + e.getKey() + ": " + value + " is not " + e.getValue());
              }
            });
  }

  private static boolean headerFits(String name, String want, String got) {
    if (got == null || want.equals("<absent>")) {
      return got == null && want.equals("<absent>");
    }
    switch (name.toLowerCase(Locale.ROOT)) {
      case "content-type":
        List<String> w = parts(want, ";");
        List<String> g = parts(got, ";");
        // The first two parts: what comes after depends on the version of a client library.
        return w.get(0).equals(g.get(0))
            && (w.size() == 1 || g.size() > 1 && w.get(1).equals(g.get(1)));
      case "allow":
        return set(want).equals(set(got));
      default:
        return Differences.of(TextNode.valueOf(want), TextNode.valueOf(got)).isEmpty();
    }
  }

  private static List<String> parts(String text, String separator) {
    return Arrays.stream(text.split(separator))
        .map(p -> p.strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Set<String> set(String text) {
    return new TreeSet<>(parts(text, ","));
  }
}
