package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;

/**
 * Operates a gate over HTTP. Every method waits for the answer and throws {@link AdminException}
 * when there is none, or a refusal. Thread-safe; build one and keep it.
 *
 * <pre>{@code
 * try (AdminClient admin = AdminClient.builder().url(url).token(adminToken).build()) {
 *   MintedCapability minted = admin.tokens().mint(MintRequest.to("agent").tools("read_*"));
 *   admin.tokens().revoke(minted.token().id(), "no longer needed");
 * }
 * }</pre>
 */
public final class AdminClient implements AutoCloseable {
  private final AdminHttp http;

  AdminClient(AdminHttp http) {
    this.http = http;
  }

  /** A builder: it needs a URL and a token. */
  public static AdminClientBuilder builder() {
    return new AdminClientBuilder();
  }

  /** Minting and revoking. */
  public TokenAdmin tokens() {
    return new TokenAdmin(http);
  }

  /** Calls that wait for a person. */
  public ApprovalAdmin approvals() {
    return new ApprovalAdmin(http);
  }

  /** Drafts, and which of them is in force. */
  public PolicyAdmin policies() {
    return new PolicyAdmin(http);
  }

  /** The audit log. */
  public AuditAdmin audit() {
    return new AuditAdmin(http);
  }

  /** Stopping agents at once. */
  public KillSwitchAdmin killSwitches() {
    return new KillSwitchAdmin(http);
  }

  /** Operators' accounts. */
  public OperatorAdmin operators() {
    return new OperatorAdmin(http);
  }

  /** Who the token is: {@code principal}, {@code role}, {@code tenant}, {@code subject}. */
  public JsonObject whoami() {
    return http.get("/v1/admin/whoami");
  }

  /** Any other route that answers {@code GET} with an object: {@code /v1/admin/tenants}. */
  public JsonObject get(String pathAndQuery) {
    return http.get(pathAndQuery);
  }

  /** Any other route that takes and answers an object. */
  public JsonObject post(String path, JsonObject body) {
    return http.post(path, body);
  }

  /** Lets go of all connections. */
  @Override
  public void close() {
    http.close();
  }
}
