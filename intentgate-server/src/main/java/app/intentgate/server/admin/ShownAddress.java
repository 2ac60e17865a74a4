package app.intentgate.server.admin;

import java.net.URI;

/** Addresses as operators see them: without user, password and query, which may be secrets. */
final class ShownAddress {
  private ShownAddress() {}

  /** Where something is; chat services and hosted tool servers have secrets in the path. */
  static String withoutPath(URI uri) {
    if (uri.getHost() == null) {
      return "";
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme() + ":";
    return scheme + "//" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** The same with the path. */
  static String withPath(URI uri) {
    return withoutPath(uri) + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }
}
