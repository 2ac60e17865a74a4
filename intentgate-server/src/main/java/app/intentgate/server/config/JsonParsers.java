package app.intentgate.server.config;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.MethodRule;
import app.intentgate.server.mcp.MethodRules;
import app.intentgate.token.ToolPattern;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables that hold a JSON object. Kept apart so that a start without them loads no reader. */
final class JsonParsers {
  private JsonParsers() {}

  /** Tool name to the header sent upstream with its calls. */
  static Map<String, HeaderLine> toolCredentials(String text) {
    Map<String, HeaderLine> out = new LinkedHashMap<>();
    JsonObject object = object(text);
    for (int i = 0; i < object.size(); i++) {
      if (!(object.valueAt(i) instanceof JsonString line)) {
        throw new Setting.Refused("entry \"" + object.nameAt(i) + "\" is not a text");
      }
      try {
        out.put(object.nameAt(i), HeaderLine.parse(line.value()));
      } catch (IllegalArgumentException e) {
        throw new Setting.Refused("entry \"" + object.nameAt(i) + "\" is not \"Name: value\"");
      }
    }
    return Map.copyOf(out);
  }

  /** Tool pattern to cents, in the order written: the first that matches counts. */
  static Map<String, Long> toolCosts(String text) {
    Map<String, Long> out = new LinkedHashMap<>();
    JsonObject object = object(text);
    for (int i = 0; i < object.size(); i++) {
      if (!(object.valueAt(i) instanceof JsonNumber cents)
          || !cents.fitsLong()
          || cents.longValue() < 0
          || cents.longValue() > Settings.MAX_COUNT) {
        throw new Setting.Refused(
            "entry \"" + object.nameAt(i) + "\" is not a whole number of cents >= 0");
      }
      if (ToolPattern.of(object.nameAt(i)).isMalformed()) {
        throw new Setting.Refused("\"" + object.nameAt(i) + "\" is no tool pattern");
      }
      out.put(object.nameAt(i), cents.longValue());
    }
    return Collections.unmodifiableMap(out);
  }

  /** Method, or the beginning of one and a star, to what is done with it. */
  static MethodRules methodRules(String text) {
    Map<String, MethodRule> out = new LinkedHashMap<>();
    JsonObject object = object(text);
    for (int i = 0; i < object.size(); i++) {
      String method = object.nameAt(i);
      String rule = object.valueAt(i) instanceof JsonString word ? word.value() : "";
      int star = method.indexOf('*');
      if (method.isEmpty() || star >= 0 && star < method.length() - 1) {
        throw new Setting.Refused(
            "\"" + method + "\" is no method, nor the beginning of one and *");
      }
      switch (rule) {
        case "allow" -> out.put(method, MethodRule.ALLOW);
        case "deny" -> out.put(method, MethodRule.DENY);
        case "judge" -> out.put(method, MethodRule.JUDGE);
        default ->
            throw new Setting.Refused("entry \"" + method + "\" is not allow, deny or judge");
      }
    }
    return new MethodRules(out);
  }

  private static JsonObject object(String text) {
    try {
      JsonValue value = JsonReader.parse(text);
      if (value instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw new Setting.Refused(String.valueOf(e.getMessage()));
    }
    throw new Setting.Refused("not a JSON object");
  }
}
