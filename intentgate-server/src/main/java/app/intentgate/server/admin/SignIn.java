package app.intentgate.server.admin;

import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import app.intentgate.operator.OperatorToken;
import app.intentgate.operator.TokenHash;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells operators apart by the token they present. */
final class SignIn {
  private final Credentials credentials;
  private final OperatorStore operators;
  private final Clock clock;

  /**
   * Signs in.
   *
   * @param credentials the operators that the configuration names
   * @param operators the others
   * @param clock says whether an account's token still works
   */
  SignIn(Credentials credentials, OperatorStore operators, Clock clock) {
    this.credentials = credentials;
    this.operators = operators;
    this.clock = clock;
  }

  /**
   * Who presents these Authorization headers; null when nobody known. Every known token is
   * compared, in constant time, whatever was found before. More than one header is nobody (B48).
   *
   * @throws app.intentgate.store.StoreUnavailableException when accounts cannot be looked up
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
        found = Principal.tenantAdmin(admin.getKey());
      }
    }
    Secret superadmin = credentials.superadmin();
    if (superadmin != null && superadmin.matches(presented)) {
      return Principal.SUPERADMIN;
    }
    return found != null ? found : account(token);
  }

  private @Nullable Principal account(String token) {
    String id = OperatorToken.idOf(token);
    OperatorAccount account = id == null ? null : operators.find(id);
    Instant now = clock.instant();
    if (account == null || !account.accepts(TokenHash.of(token), now)) {
      return null;
    }
    operators.used(account.id(), now);
    return Principal.of(account);
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
