package app.intentgate.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From the text of a variable to its meaning. */
final class Parsers {
  private Parsers() {}

  static boolean flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  static Setting.Parser<Long> between(long low, long high) {
    return text -> {
      long value = Long.parseLong(text.strip());
      if (value < low || value > high) {
        throw new IllegalArgumentException();
      }
      return value;
    };
  }

  static Setting.Parser<Double> fraction() {
    return text -> {
      double value = Double.parseDouble(text.strip());
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException();
      }
      return value;
    };
  }

  static <E extends Enum<E>> Setting.Parser<E> choice(Map<String, E> choices) {
    return text -> {
      E chosen = choices.get(text.strip().toLowerCase(Locale.ROOT));
      if (chosen == null) {
        throw new IllegalArgumentException();
      }
      return chosen;
    };
  }

  /** An absolute http or https address with a host, without user, fragment or white space. */
  static URI httpUrl(String text) {
    try {
      URI uri = new URI(text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (!http || uri.getHost() == null || uri.getHost().isEmpty()) {
        throw new IllegalArgumentException();
      }
      if (uri.getRawUserInfo() != null) {
        throw new Setting.Refused("a user and password do not belong in an address");
      }
      if (uri.getRawFragment() != null) {
        throw new Setting.Refused("a part after # never reaches a server");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The same where a path is added to it. */
  static URI baseUrl(String text) {
    URI uri = httpUrl(text);
    if (uri.getRawQuery() != null) {
      throw new Setting.Refused("an address without a query: a path is added to it");
    }
    return uri;
  }

  static List<String> csv(String text) {
    List<String> out = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        out.add(part.strip());
      }
    }
    return List.copyOf(out);
  }

  /** {@code tenant:token,...}, each split at its first colon. */
  static Map<String, Secret> tenantAdmins(String text) {
    Map<String, Secret> out = new LinkedHashMap<>();
    int entry = 0;
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      entry++;
      int colon = part.indexOf(':');
      if (colon < 0) {
        throw new Setting.Refused("entry " + entry + " must be in tenant:token format");
      }
      String tenant = part.substring(0, colon).strip();
      String token = part.substring(colon + 1).strip();
      if (tenant.isEmpty() || token.isEmpty()) {
        throw new Setting.Refused("entry " + entry + " has empty tenant or token");
      }
      Secret secret = Secret.of(token);
      if (out.values().stream().anyMatch(secret::isSameAs)) {
        throw new Setting.Refused("two tenants share a token");
      }
      if (out.putIfAbsent(tenant, secret) != null) {
        throw new Setting.Refused("duplicate tenant \"" + tenant + "\" in TENANT_ADMINS");
      }
    }
    return Map.copyOf(out);
  }

  /** A text that is more than white space. */
  static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
