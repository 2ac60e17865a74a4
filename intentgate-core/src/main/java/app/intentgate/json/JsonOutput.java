package app.intentgate.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * A growing buffer of JSON in UTF-8. It sets the commas; whoever writes sees to it that names and
 * values alternate and that what begins ends. Lone surrogates are written as {@code \}{@code udxxx}
 * in lower case. Not thread-safe; {@link #reset} makes it ready for another document.
 */
public final class JsonOutput {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LONGEST_NUMBER = 20;

  private final Escapes escapes;
  private byte[] buffer;
  private int size;
  private boolean comma;

  JsonOutput(int capacity) {
    this(capacity, Escapes.PLAIN);
  }

  private JsonOutput(int capacity, Escapes escapes) {
    this.buffer = new byte[capacity];
    this.escapes = escapes;
  }

  /** A buffer that escapes only what JSON must have escaped. */
  public static JsonOutput plain() {
    return new JsonOutput(256, Escapes.PLAIN);
  }

  /**
   * A buffer that escapes as the wire formats do (contract 1.2): also {@code <}, {@code >}, {@code
   * &}, U+2028 and U+2029.
   */
  public static JsonOutput htmlSafe() {
    return new JsonOutput(256, Escapes.HTML_SAFE);
  }

  /** A buffer of ASCII only: everything above {@code ~} is escaped, in lower-case digits. */
  public static JsonOutput ascii() {
    return new JsonOutput(256, Escapes.ASCII);
  }

  /** Forgets what was written and keeps the memory. */
  public JsonOutput reset() {
    size = 0;
    comma = false;
    return this;
  }

  /** Begins an object. */
  public JsonOutput beginObject() {
    return begin('{');
  }

  /** Ends an object. */
  public JsonOutput endObject() {
    return end('}');
  }

  /** Begins an array. */
  public JsonOutput beginArray() {
    return begin('[');
  }

  /** Ends an array. */
  public JsonOutput endArray() {
    return end(']');
  }

  private JsonOutput begin(char bracket) {
    separate();
    append(bracket);
    comma = false;
    return this;
  }

  private JsonOutput end(char bracket) {
    append(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      append(',');
    }
    comma = true;
  }

  /** Writes a member's name; its value comes next. */
  public JsonOutput name(String name) {
    string(name);
    append(':');
    comma = false;
    return this;
  }

  /** Writes a string. */
  public JsonOutput string(String text) {
    int length = text.length();
    reserve(length + 4);
    separate();
    byte[] b = buffer;
    boolean[] plain = escapes.plainAscii();
    int n = size;
    b[n++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || !plain[c]) {
        break;
      }
      b[n++] = (byte) c;
    }
    size = n;
    if (i < length) {
      characters(text, i);
    }
    append('"');
    return this;
  }

  /**
   * Writes the string that UTF-8 bytes hold; each byte that is part of no valid character is
   * written as {@code \}{@code ufffd}.
   */
  public JsonOutput string(byte[] utf8) {
    separate();
    append('"');
    for (int i = 0; i < utf8.length; ) {
      int length = Utf8.lengthAt(utf8, i, utf8.length);
      if (length == 0) {
        escape('\ufffd');
        i++;
        continue;
      }
      int c = Utf8.codePointAt(utf8, i, length);
      if (c >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
        pair(Character.highSurrogate(c), Character.lowSurrogate(c));
      } else if (escapes.escapes((char) c)) {
        escape((char) c);
      } else {
        codePoint(c);
      }
      i += length;
    }
    append('"');
    return this;
  }

  /** Writes a whole number. */
  public JsonOutput number(long value) {
    separate();
    reserve(LONGEST_NUMBER);
    long rest = value;
    if (rest > 0) {
      rest = -rest;
    } else if (rest < 0) {
      buffer[size++] = '-';
    }
    int digits = 1;
    for (long r = rest / 10; r != 0; r /= 10) {
      digits++;
    }
    for (int i = size + digits - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  /** Writes {@code true} or {@code false}. */
  public JsonOutput bool(boolean value) {
    return rawValue(value ? "true" : "false");
  }

  /** Writes {@code null}. */
  public JsonOutput nullValue() {
    return rawValue("null");
  }

  /** Writes a value, members in their own order, numbers as they were read. */
  public JsonOutput value(JsonValue value) {
    return value(value, false);
  }

  /** Writes a value with the members of all its objects in Rego's order. */
  public JsonOutput sortedValue(JsonValue value) {
    return value(value, true);
  }

  private JsonOutput value(JsonValue value, boolean sorted) {
    if (value instanceof JsonString s) {
      return string(s.value());
    }
    if (value instanceof JsonObject object) {
      return members(object, sorted);
    }
    if (value instanceof JsonArray array) {
      return items(array, sorted);
    }
    if (value instanceof JsonSet set) {
      return items(set, sorted);
    }
    if (value instanceof JsonNumber n) {
      return n.hasPlainText() ? number(n.longValue()) : rawValue(n.text());
    }
    return value instanceof JsonBoolean b ? bool(b.value()) : nullValue();
  }

  private JsonOutput members(JsonObject object, boolean sorted) {
    beginObject();
    for (int i = 0; i < object.size(); i++) {
      int at = sorted ? object.sortedPosition(i) : i;
      JsonValue key = object.keyAt(at);
      name(key instanceof JsonString s ? s.value() : JsonWriter.goText(key));
      value(object.valueAt(at), sorted);
    }
    return endObject();
  }

  private JsonOutput items(Iterable<JsonValue> items, boolean sorted) {
    beginArray();
    for (JsonValue item : items) {
      value(item, sorted);
    }
    return endArray();
  }

  /** Writes a value that is JSON already, as it is. */
  public JsonOutput rawValue(byte[] json) {
    separate();
    return raw(json);
  }

  private JsonOutput rawValue(String ascii) {
    separate();
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      buffer[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends bytes as they are, without a comma before them. */
  public JsonOutput raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    return this;
  }

  /** Appends the UTF-8 of a text, with three bytes for a lone surrogate. */
  void rawText(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      codePoint(c);
      i += Character.charCount(c);
    }
  }

  private void characters(String text, int from) {
    boolean[] plain = escapes.plainAscii();
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && plain[c]) {
        append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        pair(c, text.charAt(++i));
      } else if (escapes.escapes(c)) {
        escape(c);
      } else {
        codePoint(c);
      }
    }
  }

  private void pair(char high, char low) {
    if (escapes.escapesPairs()) {
      escape(high);
      escape(low);
    } else {
      codePoint(Character.toCodePoint(high, low));
    }
  }

  private void escape(char c) {
    append('\\');
    char letter = Escapes.letter(c);
    if (letter != 0) {
      append(letter);
      return;
    }
    append('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      append((char) HEX[(c >> shift) & 15]);
    }
  }

  private void codePoint(int c) {
    if (c < 0x80) {
      append((char) c);
      return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    append((char) (((0xf00 >> (more + 1)) & 0xff) | (c >> (6 * more))));
    for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
      append((char) (0x80 | ((c >> shift) & 0x3f)));
    }
  }

  private void append(char octet) {
    if (size == buffer.length) {
      reserve(1);
    }
    buffer[size++] = (byte) octet;
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
    }
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** What was written, as text. */
  public String toText() {
    return new String(buffer, 0, size, StandardCharsets.UTF_8);
  }

  /** Writes what was written to a stream. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(buffer, 0, size);
  }

  /** Feeds what was written to a digest, without a copy. */
  public void update(MessageDigest digest) {
    digest.update(buffer, 0, size);
  }

  /** Feeds what was written to a message authentication code, without a copy. */
  public void update(Mac mac) {
    mac.update(buffer, 0, size);
  }
}
