package app.intentgate.server.config;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code INTENTGATE_UPSTREAMS}: a JSON array of tool servers, or a file that holds it. */
final class UpstreamsParser {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}");
  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{0,48}");
  private static final int MOST = 32;
  private static final Set<String> MEMBERS =
      Set.of("name", "url", "prefix", "rename", "tenants", "auth_header", "timeout_ms");

  private UpstreamsParser() {}

  /** The tool servers, in the order written. */
  static List<UpstreamEntry> parse(String text) {
    JsonValue value;
    try {
      value = JsonReader.parse(text.startsWith("@") ? read(text.substring(1)) : text);
    } catch (JsonParseException e) {
      throw new Setting.Refused(String.valueOf(e.getMessage()));
    }
    if (!(value instanceof JsonArray array) || array.size() == 0 || array.size() > MOST) {
      throw new Setting.Refused("not a JSON array of one to " + MOST + " servers");
    }
    List<UpstreamEntry> out = new ArrayList<>();
    for (JsonValue each : array) {
      out.add(entry(out.size() + 1, each, array.size() == 1));
    }
    checkTogether(out);
    return List.copyOf(out);
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path.strip()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Setting.Refused("the file " + path.strip() + " cannot be read");
    }
  }

  private static UpstreamEntry entry(int number, JsonValue value, boolean only) {
    String where = "server " + number;
    if (!(value instanceof JsonObject object)) {
      throw new Setting.Refused(where + " is not a JSON object");
    }
    for (int i = 0; i < object.size(); i++) {
      if (!MEMBERS.contains(object.nameAt(i))) {
        throw new Setting.Refused(where + " has the unknown member \"" + object.nameAt(i) + "\"");
      }
    }
    String name = text(where, object, "name");
    if (name == null || !NAME.matcher(name).matches()) {
      throw new Setting.Refused(
          where + " needs a name: a letter, then letters, digits and -, at most 32");
    }
    where = "server \"" + name + "\"";
    String prefix = text(where, object, "prefix");
    if (prefix == null) {
      prefix = only ? "" : name + "_";
    } else if (!PREFIX.matcher(prefix).matches() && !prefix.equals(name + ".")) {
      throw new Setting.Refused(
          where + ": the prefix must be letters, digits, _ and -, or \"" + name + ".\"");
    }
    return new UpstreamEntry(
        name,
        url(where, text(where, object, "url")),
        prefix,
        rename(where, object.get("rename")),
        tenants(where, object.get("tenants")),
        credential(where, text(where, object, "auth_header")),
        timeout(where, object.get("timeout_ms")));
  }

  private static @Nullable String text(String where, JsonObject object, String member) {
    JsonValue value = object.get(member);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString text) {
      return text.value();
    }
    throw new Setting.Refused(where + ": " + member + " is not a text");
  }

  private static URI url(String where, @Nullable String text) {
    try {
      return Parsers.httpUrl(text == null ? "" : text);
    } catch (Setting.Refused e) {
      throw new Setting.Refused(where + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new Setting.Refused(where + " needs a url: an absolute http or https URL");
    }
  }

  private static @Nullable HeaderLine credential(String where, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return HeaderLine.parse(text);
    } catch (Setting.Refused e) {
      throw new Setting.Refused(where + ": auth_header: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new Setting.Refused(where + ": auth_header is not \"Name: value\"");
    }
  }

  private static @Nullable Long timeout(String where, @Nullable JsonValue value) {
    if (value == null) {
      return null;
    }
    if (value instanceof JsonNumber ms
        && ms.fitsLong()
        && ms.longValue() >= 1
        && ms.longValue() <= 3_600_000) {
      return ms.longValue();
    }
    throw new Setting.Refused(where + ": timeout_ms is not a whole number from 1 to 3600000");
  }

  private static Map<String, String> rename(String where, @Nullable JsonValue value) {
    Map<String, String> out = new LinkedHashMap<>();
    if (value == null) {
      return out;
    }
    if (!(value instanceof JsonObject object)) {
      throw new Setting.Refused(where + ": rename is not a JSON object");
    }
    for (int i = 0; i < object.size(); i++) {
      if (!(object.valueAt(i) instanceof JsonString shown)
          || !SHOWN.matcher(shown.value()).matches()) {
        throw new Setting.Refused(
            where
                + ": \""
                + object.nameAt(i)
                + "\" must be renamed to letters, digits, _ and -, at most 64");
      }
      out.put(object.nameAt(i), shown.value());
    }
    return Map.copyOf(out);
  }

  private static Set<String> tenants(String where, @Nullable JsonValue value) {
    Set<String> out = new LinkedHashSet<>();
    if (value == null) {
      return out;
    }
    if (value instanceof JsonArray array && array.size() > 0) {
      for (JsonValue each : array) {
        if (!(each instanceof JsonString tenant)) {
          throw new Setting.Refused(where + ": tenants holds something that is not a text");
        }
        out.add(tenant.value());
      }
      return Set.copyOf(out);
    }
    throw new Setting.Refused(where + ": tenants is not an array of at least one tenant");
  }

  private static void checkTogether(List<UpstreamEntry> entries) {
    Set<String> names = new HashSet<>();
    Map<String, String> prefixes = new HashMap<>();
    Map<String, String> renamed = new HashMap<>();
    for (UpstreamEntry entry : entries) {
      if (!names.add(entry.name().toLowerCase(java.util.Locale.ROOT))) {
        throw new Setting.Refused("two servers are called \"" + entry.name() + "\"");
      }
      collision("prefix", entry.prefix(), prefixes.put(entry.prefix(), entry.name()), entry);
      entry
          .rename()
          .values()
          .forEach(shown -> collision("name", shown, renamed.put(shown, entry.name()), entry));
    }
  }

  private static void collision(
      String what, String text, @Nullable String other, UpstreamEntry entry) {
    if (other != null) {
      throw new Setting.Refused(
          "the " + what + " \"" + text + "\" is both " + other + "'s and " + entry.name() + "'s");
    }
  }
}
