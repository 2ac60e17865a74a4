package app.intentgate.server.rpc;

import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request as it goes back: the text the caller wrote, escapes included, since clients
 * may compare texts.
 */
final class RequestId {
  /** The id of an answer to something that has none that can be told. */
  static final RequestId NONE = new RequestId(null, null);

  private static final byte[] NAME = "\"id\"".getBytes(StandardCharsets.US_ASCII);

  private final @Nullable JsonValue value;
  private final byte @Nullable [] raw;

  private RequestId(@Nullable JsonValue value, byte @Nullable [] raw) {
    this.value = value;
    this.raw = raw;
  }

  /** The id of that value. */
  static RequestId of(@Nullable JsonValue value) {
    return value == null ? NONE : new RequestId(value, null);
  }

  /** The id of that value, as this body, which was parsed already, spells it. */
  static RequestId of(@Nullable JsonValue value, byte[] body) {
    boolean plain =
        !(value instanceof JsonString text) || isPlain(text.value()) && !hasEscapes(body);
    return plain ? of(value) : new RequestId(value, spelling(body));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '/') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasEscapes(byte[] body) {
    for (byte b : body) {
      if (b == '\\') {
        return true;
      }
    }
    return false;
  }

  /** The bytes of the outermost member {@code id}; null when its name is spelt with escapes. */
  private static byte @Nullable [] spelling(byte[] body) {
    int depth = 0;
    for (int i = 0; i < body.length; i++) {
      byte b = body[i];
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      } else if (b == '"') {
        int end = endOfString(body, i);
        if (depth == 1 && Arrays.equals(body, i, end, NAME, 0, NAME.length)) {
          int colon = skipSpace(body, end);
          if (body[colon] == ':') {
            int start = skipSpace(body, colon + 1);
            return htmlSafe(Arrays.copyOfRange(body, start, endOfString(body, start)));
          }
        }
        i = end - 1;
      }
    }
    return null;
  }

  /** Characters that mean something in HTML as escapes; everything else as it is. */
  private static byte[] htmlSafe(byte[] string) {
    String text = new String(string, StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int endOfString(byte[] body, int start) {
    int i = start + 1;
    while (body[i] != '"') {
      i += body[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private static int skipSpace(byte[] body, int start) {
    int i = start;
    while (body[i] == ' ' || body[i] == '\t' || body[i] == '\n' || body[i] == '\r') {
      i++;
    }
    return i;
  }

  /** The value, or null when there is none. */
  @Nullable JsonValue value() {
    return value;
  }

  void write(JsonOutput out) {
    byte[] spelled = raw;
    if (spelled != null) {
      out.rawValue(spelled);
    } else if (value == null) {
      out.nullValue();
    } else {
      out.value(value);
    }
  }
}
