package app.intentgate.audit;

import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A growing buffer of bytes that knows how events write their values. Text takes a short way while
 * it needs no escape, and {@link JsonOutput}'s from the first character that does. Not thread-safe.
 */
final class ByteBuilder {
  private static final int LONGEST_NUMBER = 20;
  private static final boolean[] PLAIN = plain();

  private byte[] bytes;
  private int size;

  ByteBuilder(int capacity) {
    bytes = new byte[capacity];
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    Arrays.fill(plain, ' ', 128, true);
    for (char c : "\"\\<>&".toCharArray()) {
      plain[c] = false;
    }
    return plain;
  }

  /** The buffer itself, of which {@link #size} bytes are in use; another one after it has grown. */
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  ByteBuilder reset() {
    size = 0;
    return this;
  }

  ByteBuilder add(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  ByteBuilder add(byte[] source) {
    return add(source, 0, source.length);
  }

  ByteBuilder add(byte[] source, int from, int to) {
    int length = to - from;
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
    return this;
  }

  /** Adds characters that are ASCII and need no escape. */
  ByteBuilder ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) text.charAt(i);
    }
    size += length;
    return this;
  }

  /** Adds text as UTF-8, as it is. */
  ByteBuilder utf8(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a string with its quotes, escaped as the wire formats escape. */
  ByteBuilder string(String text) {
    int length = text.length();
    reserve(length + 2);
    byte[] target = bytes;
    int at = size;
    target[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128 || !PLAIN[c]) {
        return add(JsonOutput.htmlSafe().string(text).toByteArray());
      }
      target[at++] = (byte) c;
    }
    target[at++] = '"';
    size = at;
    return this;
  }

  ByteBuilder value(JsonValue value) {
    return add(JsonOutput.htmlSafe().value(value).toByteArray());
  }

  ByteBuilder number(long value) {
    reserve(LONGEST_NUMBER);
    if (value >= 0 && value < 10) {
      bytes[size++] = (byte) ('0' + value);
      return this;
    }
    // Counted down from zero, since the most negative number has no positive twin.
    long rest = value < 0 ? value : -value;
    int digits = value < 0 ? 2 : 1;
    for (long r = rest / 10; r != 0; r /= 10) {
      digits++;
    }
    int end = size + digits;
    for (int i = end - 1; rest != 0; i--) {
      bytes[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    if (value < 0) {
      bytes[size] = '-';
    }
    size = end;
    return this;
  }

  /** Adds a number with zeros before it, as many digits as asked. */
  ByteBuilder padded(int value, int digits) {
    reserve(digits);
    int rest = value;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  void update(MessageDigest digest) {
    digest.update(bytes, 0, size);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  ByteBuffer asBuffer() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }
}
