package app.intentgate.server.oauth;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says. A claim is named by its member, or, where it lies deeper, by a JSON pointer:
 * {@code /realm_access/roles}.
 *
 * @param object the members
 */
record Claims(JsonObject object) {
  private static final List<String> CLIENT = List.of("client_id", "azp", "appid", "cid");

  /** The value of a claim, or null. */
  @Nullable JsonValue get(String name) {
    JsonValue direct = object.get(name);
    if (direct != null || !name.startsWith("/")) {
      return direct;
    }
    JsonValue at = object;
    for (String step : name.substring(1).split("/", -1)) {
      if (!(at instanceof JsonObject inner)) {
        return null;
      }
      at = inner.get(step.replace("~1", "/").replace("~0", "~"));
    }
    return at;
  }

  /**
   * The text of a claim that has to be there.
   *
   * @throws OAuthRefusal when it is not there, or is no text, or an empty one
   */
  String required(String name) {
    if (object.get(name) instanceof JsonString text && !text.value().isEmpty()) {
      return text.value();
    }
    throw OAuthRefusal.invalid("it has no " + name);
  }

  /**
   * A claim that is a time, in seconds since 1970; null when it is not there.
   *
   * @throws OAuthRefusal when it is no time
   */
  @Nullable Double time(String name) {
    JsonValue value = object.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonNumber number) {
      double seconds = number.doubleValue();
      if (seconds >= 0 && seconds < 1e12) {
        return seconds;
      }
    }
    throw OAuthRefusal.invalid("its " + name + " is no time");
  }

  /** Whether the token is meant for an audience. */
  boolean isFor(String audience) {
    return object.get("aud") instanceof JsonArray || object.get("aud") instanceof JsonString
        ? holds("aud", JsonString.of(audience))
        : false;
  }

  /** The OAuth client it was issued to; empty when it does not say. */
  String client() {
    for (String name : CLIENT) {
      if (object.get(name) instanceof JsonString text && !text.value().isEmpty()) {
        return text.value();
      }
    }
    return "";
  }

  /**
   * Whether a claim is a value, or a list that holds it; of {@code scope} and {@code scp}, which
   * are words in one text, whether it is one of the words.
   */
  boolean holds(String name, JsonValue wanted) {
    JsonValue value = get(name);
    if (value == null) {
      return false;
    }
    if (value.equals(wanted)) {
      return true;
    }
    if (value instanceof JsonArray list) {
      for (JsonValue item : list) {
        if (item.equals(wanted)) {
          return true;
        }
      }
      return false;
    }
    return (name.equals("scope") || name.equals("scp"))
        && value instanceof JsonString words
        && wanted instanceof JsonString word
        && List.of(words.value().split(" ", -1)).contains(word.value());
  }

  /**
   * A claim as text: of texts, numbers and booleans. Null for anything else, and for what cannot be
   * part of a name.
   */
  @Nullable String asText(String name) {
    return asText(get(name));
  }

  static @Nullable String asText(@Nullable JsonValue value) {
    String text = null;
    if (value instanceof JsonString string) {
      text = string.value();
    } else if (value instanceof JsonNumber || value instanceof JsonBoolean) {
      text = value.toString();
    }
    boolean usable =
        text != null
            && !text.isBlank()
            && text.length() <= 256
            && text.codePoints().noneMatch(Claims::isUnfit);
    return usable ? text : null;
  }

  private static boolean isUnfit(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
