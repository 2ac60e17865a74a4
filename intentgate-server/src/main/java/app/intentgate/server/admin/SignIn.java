package app.intentgate.server.admin;

import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells operators apart by the token they present. */
final class SignIn {
  private final Credentials credentials;

  SignIn(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Who presents these Authorization headers; null when nobody known. Every known token is
   * compared, in constant time, whatever was found before. More than one header is nobody (B48).
   */
  @Nullable Principal of(List<String> authorization) {
    String token = token(authorization);
    if (token.isEmpty()) {
      return null;
    }
    Secret.Presented presented = Secret.presented(token);
    Principal found = null;
    for (Map.Entry<String, Secret> admin : credentials.tenantAdmins().entrySet()) {
      if (admin.getValue().matches(presented)) {
        found = new Principal(admin.getKey());
      }
    }
    Secret superadmin = credentials.superadmin();
    return superadmin != null && superadmin.matches(presented) ? Principal.SUPERADMIN : found;
  }

  /** The bearer token of the one Authorization header; empty when there is none. */
  static String token(List<String> authorization) {
    if (authorization.size() != 1) {
      return "";
    }
    String value = authorization.get(0);
    return value.regionMatches(true, 0, "Bearer ", 0, 7) ? value.substring(7).strip() : "";
  }
}
