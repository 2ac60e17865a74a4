package app.intentgate.server.http;

import org.jspecify.annotations.Nullable;

/**
 * One method and path.
 *
 * @param method the HTTP method; a GET route takes HEAD too
 * @param path the path; a segment in braces stands for any one segment
 * @param access which operators may use it; null for a route that is not theirs
 * @param built whether this version serves it
 */
public record Route(String method, String path, @Nullable Access access, boolean built) {
  /** Whether operators alone may use it. */
  public boolean isAdmin() {
    return access != null;
  }

  /** Whether serving it may wait for a store: an operator's, or a person's. */
  boolean mayWait() {
    return isAdmin() || path.startsWith("/v1/consent/");
  }

  /** The method and the path. */
  public String name() {
    return method + " " + path;
  }

  /** Whether a request's path is one of this route's. */
  boolean matches(String requested) {
    int p = 0;
    int r = 0;
    while (p < path.length() && r < requested.length()) {
      if (path.charAt(p) == '{') {
        int start = r;
        p = path.indexOf('}', p) + 1;
        while (r < requested.length() && requested.charAt(r) != '/') {
          r++;
        }
        if (r == start) {
          return false;
        }
      } else if (path.charAt(p++) != requested.charAt(r++)) {
        return false;
      }
    }
    return p == path.length() && r == requested.length();
  }
}
