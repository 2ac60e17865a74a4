package app.intentgate.rego.builtin;

import app.intentgate.rego.builtin.UrlEscapes.Part;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.text.GoText;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URL in its parts, read by the rules of Go's {@code net/url}: lenient about paths and queries,
 * strict about hosts. Parts that are not there are empty.
 *
 * @param scheme in lower case
 * @param hostname unescaped, without brackets and port
 * @param port the digits after the host
 * @param path unescaped
 * @param rawPath the path as written, where escaping the unescaped one would not give that; else
 *     the unescaped path
 * @param rawQuery as written
 * @param fragment unescaped
 */
record GoUrl(
    String scheme,
    String hostname,
    String port,
    String path,
    String rawPath,
    String rawQuery,
    String fragment) {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*+");
  private static final Pattern USER = Pattern.compile("[a-zA-Z0-9._:~!$&'()*+,;=%@-]*+");
  private static final Pattern PORT = Pattern.compile("(?::[0-9]*+)?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]++");

  /**
   * Reads a URL.
   *
   * @throws BuiltinException when it is none; the message has Go's words
   */
  static GoUrl parse(String text) throws BuiltinException {
    int hash = text.indexOf('#');
    String url = hash < 0 ? text : text.substring(0, hash);
    try {
      String fragment =
          hash < 0 ? "" : UrlEscapes.unescape(text.substring(hash + 1), Part.FRAGMENT);
      return withoutFragment(url, fragment);
    } catch (BuiltinException e) {
      throw BuiltinException.of("parse " + GoText.quote(url) + ": " + e.getMessage());
    }
  }

  private static GoUrl withoutFragment(String url, String fragment) throws BuiltinException {
    if (url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw BuiltinException.of("net/url: invalid control character in URL");
    }
    String scheme = scheme(url);
    String rest = scheme.isEmpty() ? url : url.substring(scheme.length() + 1);
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    rest = question < 0 ? rest : rest.substring(0, question);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return new GoUrl(scheme.toLowerCase(Locale.ROOT), "", "", "", "", query, fragment);
      }
      int colon = rest.indexOf(':');
      int slash = rest.indexOf('/');
      if (colon >= 0 && (slash < 0 || colon < slash)) {
        throw BuiltinException.of("first path segment in URL cannot contain colon");
      }
    }
    String host = "";
    if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
      int slash = rest.indexOf('/', 2);
      String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
      host = hostOf(authority);
    }
    String path = UrlEscapes.unescape(rest, Part.PATH);
    String raw = UrlEscapes.escape(path, Part.PATH).equals(rest) ? path : rest;
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon >= 0 && PORT.matcher(host.substring(colon)).matches();
    String name = hasPort ? host.substring(0, colon) : host;
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    String port = hasPort ? host.substring(colon + 1) : "";
    return new GoUrl(scheme.toLowerCase(Locale.ROOT), name, port, path, raw, query, fragment);
  }

  /** The host with its port. */
  String host() {
    String name = hostname.indexOf(':') >= 0 ? "[" + hostname + "]" : hostname;
    return port.isEmpty() ? name : name + ":" + port;
  }

  /** The path with its escapes. */
  String escapedPath() {
    return rawPath.equals(path) ? UrlEscapes.escape(path, Part.PATH) : rawPath;
  }

  /** The scheme before the first colon; empty when the text before it can be none. */
  private static String scheme(String url) throws BuiltinException {
    if (url.startsWith(":")) {
      throw BuiltinException.of("missing protocol scheme");
    }
    int colon = url.indexOf(':');
    String before = colon < 0 ? "" : url.substring(0, colon);
    return SCHEME.matcher(before).matches() ? before : "";
  }

  private static String hostOf(String authority) throws BuiltinException {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String user = authority.substring(0, at);
      if (!USER.matcher(user).matches()) {
        throw BuiltinException.of("net/url: invalid userinfo");
      }
      UrlEscapes.unescape(user, Part.USER);
    }
    String host = authority.substring(at + 1);
    if (host.startsWith("[")) {
      return bracketed(host);
    }
    int colon = host.lastIndexOf(':');
    if (colon >= 0) {
      if (!PORT.matcher(host.substring(colon)).matches() || host.indexOf(':') < colon) {
        throw badPort(host.substring(host.indexOf(':')));
      }
    }
    return UrlEscapes.unescape(host, Part.HOST);
  }

  private static BuiltinException badPort(String port) {
    return BuiltinException.of("invalid port " + GoText.quote(port) + " after host");
  }

  private static String bracketed(String host) throws BuiltinException {
    int end = host.lastIndexOf(']');
    if (end < 0) {
      throw BuiltinException.of("missing ']' in host");
    }
    String port = host.substring(end + 1);
    if (!PORT.matcher(port).matches()) {
      throw badPort(port);
    }
    int zone = host.substring(0, end).indexOf("%25");
    String address = host.substring(1, zone < 0 ? end : zone);
    if (!ADDRESS.matcher(address).matches() || address.indexOf(':') < 0) {
      throw BuiltinException.of("invalid host: " + GoText.quote(address));
    }
    String zoneText = zone < 0 ? "" : UrlEscapes.unescape(host.substring(zone, end), Part.ZONE);
    return "[" + address + zoneText + "]" + port;
  }
}
