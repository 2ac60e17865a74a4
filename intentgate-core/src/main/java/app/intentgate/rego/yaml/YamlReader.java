package app.intentgate.rego.yaml;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads one YAML document: block and flow collections, plain, quoted and block scalars, comments,
 * anchors and merged mappings. Keys become strings. What follows a second document mark is not
 * read. Not thread-safe; {@link #parse} may be called from any thread.
 */
public final class YamlReader {
  private static final int MAX_DEPTH = 200;

  /** What a node costs. */
  private static final int STEPS = 8;

  private final LongConsumer charge;
  private final YamlText in;
  private final YamlWords words;
  private final YamlScalars scalars;
  private final YamlAnchors anchors;
  private int depth;

  private YamlReader(String text, YamlWords words, LongConsumer charge) {
    this.charge = charge;
    this.in = new YamlText(text, charge);
    this.words = words;
    this.scalars = new YamlScalars(in, words);
    this.anchors = new YamlAnchors(in);
  }

  /**
   * The value of a document; an empty one is null.
   *
   * @throws YamlException when it is none, or uses what is not supported
   */
  public static JsonValue parse(String text, YamlWords words) {
    return parse(text, words, steps -> {});
  }

  /**
   * The value of a document; an empty one is null.
   *
   * @param charge told what the reading costs, while it goes on; may end it by an exception
   * @throws YamlException when it is none, or uses what is not supported
   */
  public static JsonValue parse(String text, YamlWords words, LongConsumer charge) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new YamlReader(plain, words, charge).document();
  }

  private JsonValue document() {
    in.skipToBlockContent();
    if (in.current() == '%' && in.column() == 0) {
      throw in.problem("directives are not supported");
    }
    if (in.startsWith("---") && in.atDocumentMark()) {
      in.advance(3);
    }
    JsonValue value = block(-1, false);
    in.skipToBlockContent();
    if (!in.atEnd() && !in.atDocumentMark()) {
      throw in.problem("did not find expected <document start>");
    }
    return value;
  }

  /**
   * A value in block style that is indented deeper than its parent.
   *
   * @param afterKey whether it follows a key on the same line, where no collection may start
   */
  private JsonValue block(int parentIndent, boolean afterKey) {
    charge.accept(STEPS);
    enter();
    try {
      int line = in.line();
      in.skipToBlockContent();
      boolean sameLine = afterKey && in.line() == line;
      if (in.atEnd() || in.atDocumentMark() || in.column() <= parentIndent) {
        return JsonNull.NULL;
      }
      refuseUnsupported();
      if (in.current() == '*') {
        return closed(anchors.alias());
      }
      if (in.current() == '&') {
        String name = anchors.name();
        JsonValue value = block(parentIndent, afterKey);
        anchors.put(name, value);
        return value;
      }
      if (!sameLine && isIndicator('-')) {
        return sequence(in.column());
      }
      if (in.current() == '|' || in.current() == '>') {
        return scalars.blockScalar(parentIndent);
      }
      if (!sameLine && isKeyAhead()) {
        return mapping(in.column());
      }
      if (sameLine && isKeyAhead()) {
        throw in.problem("mapping values are not allowed in this context");
      }
      return in.current() == '[' || in.current() == '{'
          ? closed(flow())
          : scalars.scalar(parentIndent, false);
    } finally {
      depth--;
    }
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw in.problem("exceeded max depth of " + MAX_DEPTH);
    }
  }

  private void refuseUnsupported() {
    String what =
        switch (in.current()) {
          case '!' -> "tags are not supported";
          case '?' -> isIndicator('?') ? "complex keys are not supported" : "";
          case '@', '`' -> "found character that cannot start any token";
          case '%' ->
              in.column() == 0
                  ? "directives are not supported"
                  : "found character that cannot start any token";
          default -> "";
        };
    if (!what.isEmpty()) {
      throw in.problem(what);
    }
  }

  private boolean isIndicator(char c) {
    return in.current() == c && YamlText.isSpace(in.ahead(1));
  }

  /** After a flow collection only a comment may follow on its line. */
  private JsonValue closed(JsonValue value) {
    in.skipBlanks();
    if (!YamlText.isBreak(in.current()) && in.current() != '#') {
      throw in.problem("did not find expected key");
    }
    return value;
  }

  // --- block collections

  private JsonValue sequence(int indent) {
    List<JsonValue> items = new ArrayList<>();
    while (!in.atEnd() && in.column() == indent && isIndicator('-') && !in.atDocumentMark()) {
      in.advance();
      in.skipBlanks();
      items.add(block(indent, false));
      in.skipToContent();
    }
    if (!in.atEnd() && in.column() > indent && !in.atDocumentMark()) {
      throw in.problem("did not find expected '-' indicator");
    }
    return JsonArray.copyOf(items);
  }

  private JsonValue mapping(int indent) {
    YamlMembers members = new YamlMembers(in, words);
    Set<String> names = new HashSet<>();
    while (!in.atEnd() && in.column() == indent && !in.atDocumentMark()) {
      refuseUnsupported();
      if (!isKeyAhead()) {
        throw in.problem(
            isIndicator('-') ? "did not find expected key" : "could not find expected ':'");
      }
      int line = in.line();
      boolean merges = in.startsWith(YamlMembers.MERGE);
      String name = key();
      if (!names.add(name) && words == YamlWords.CORE) {
        throw new YamlException(line, "mapping key \"" + name + "\" already defined");
      }
      in.skipBlanks();
      in.advance(); // the colon
      members.add(name, merges, mappingValue(indent));
      in.skipToContent();
    }
    if (!in.atEnd() && in.column() > indent && !in.atDocumentMark()) {
      throw in.problem("did not find expected key");
    }
    return members.build();
  }

  /** A sequence below a key may stand at the key's own indent. */
  private JsonValue mappingValue(int indent) {
    YamlText.Mark before = in.mark();
    in.skipToContent();
    boolean sequence =
        in.line() > before.line()
            && in.column() == indent
            && isIndicator('-')
            && !in.atDocumentMark();
    if (sequence) {
      enter();
      JsonValue value = sequence(indent);
      depth--;
      return value;
    }
    in.reset(before);
    return block(indent, true);
  }

  private String key() {
    return keyText(scalars.key());
  }

  static String keyText(JsonValue key) {
    return key instanceof JsonString s
        ? s.value()
        : key instanceof JsonNull ? "null" : String.valueOf(key);
  }

  /** Whether a scalar and a colon stand on this line. */
  private boolean isKeyAhead() {
    if (in.current() == '[' || in.current() == '{') {
      return false;
    }
    YamlText.Mark before = in.mark();
    try {
      scalars.key();
      in.skipBlanks();
      return in.line() == before.line() && isIndicator(':');
    } catch (YamlException e) {
      return false;
    } finally {
      in.reset(before);
    }
  }

  // --- flow collections

  private JsonValue flow() {
    enter();
    try {
      return in.current() == '[' ? flowSequence() : flowMapping();
    } finally {
      depth--;
    }
  }

  private JsonValue flowValue() {
    charge.accept(STEPS);
    in.skipToContent();
    refuseUnsupported();
    if (in.atEnd()) {
      throw in.problem("did not find expected node content");
    }
    if (in.current() == '*') {
      return anchors.alias();
    }
    if (in.current() == '&') {
      enter();
      String name = anchors.name();
      JsonValue value = flowValue();
      anchors.put(name, value);
      depth--;
      return value;
    }
    return in.current() == '[' || in.current() == '{' ? flow() : scalars.scalar(-1, true);
  }

  private JsonValue flowSequence() {
    in.advance();
    List<JsonValue> items = new ArrayList<>();
    while (true) {
      in.skipToContent();
      if (in.atEnd()) {
        throw new YamlException(Math.max(1, in.line() - 1), "did not find expected node content");
      }
      if (in.current() == ']') {
        in.advance();
        return JsonArray.copyOf(items);
      }
      JsonValue item = flowValue();
      in.skipToContent();
      if (isIndicator(':')) {
        in.advance();
        item = JsonObject.of(keyText(item), flowMemberValue());
        in.skipToContent();
      }
      items.add(item);
      comma(']');
    }
  }

  private JsonValue flowMapping() {
    in.advance();
    YamlMembers members = new YamlMembers(in, words);
    while (true) {
      in.skipToContent();
      if (in.atEnd()) {
        throw new YamlException(Math.max(1, in.line() - 1), "did not find expected ',' or '}'");
      }
      if (in.current() == '}') {
        in.advance();
        return members.build();
      }
      boolean merges = in.startsWith(YamlMembers.MERGE);
      JsonValue key = flowValue();
      if (key instanceof JsonObject || key instanceof JsonArray) {
        throw in.problem("complex keys are not supported");
      }
      in.skipToContent();
      JsonValue value = JsonNull.NULL;
      if (in.current() == ':') {
        in.advance();
        value = flowMemberValue();
      }
      members.add(keyText(key), merges, value);
      in.skipToContent();
      comma('}');
    }
  }

  private JsonValue flowMemberValue() {
    in.skipToContent();
    boolean empty = in.current() == ',' || in.current() == '}' || in.current() == ']';
    return empty ? JsonNull.NULL : flowValue();
  }

  private void comma(char close) {
    if (in.current() == ',') {
      in.advance();
    } else if (in.current() != close) {
      throw in.problem("did not find expected ',' or '" + close + "'");
    }
  }
}
