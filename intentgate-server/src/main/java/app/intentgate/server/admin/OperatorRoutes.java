package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Authority;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorAccounts;
import app.intentgate.operator.OperatorException;
import app.intentgate.operator.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Operators' accounts, and who the caller is (B41). */
final class OperatorRoutes implements RouteGroup {
  private static final Set<String> NEW = Set.of("name", "role", "tenant", "subject", "expires_at");
  private static final Set<String> ROTATION = Set.of("grace_seconds");

  private final OperatorAccounts accounts;
  private final int maxBody;

  OperatorRoutes(OperatorAccounts accounts, int maxBody) {
    this.accounts = accounts;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of(
        "GET /v1/admin/whoami", this::whoami,
        "GET /v1/admin/operators", this::list,
        "POST /v1/admin/operators", this::create,
        "POST /v1/admin/operators/{id}/rotate", this::rotate,
        "DELETE /v1/admin/operators/{id}", this::revoke);
  }

  private static Authority authority(AdminCall call) {
    return new Authority(call.principal().role(), call.principal().tenant());
  }

  private void whoami(AdminCall call) {
    Principal who = call.principal();
    JsonOutput out = AdminCall.json().name("principal").string(who.name());
    out.name("role").string(who.role().wireName());
    Members.text(out, "tenant", who.tenant());
    Members.text(out, "subject", who.subject());
    call.reply(out);
  }

  private void list(AdminCall call) {
    JsonOutput out = AdminCall.json().name("operators").beginArray();
    for (OperatorAccount account : accounts.list(authority(call))) {
      write(out, account);
    }
    call.reply(out.endArray());
  }

  private void create(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, NEW);
    String tenant = call.tenantOf(body);
    Role role = refusing(() -> Role.of(body.text("role")));
    OperatorAccounts.Draft draft =
        new OperatorAccounts.Draft(
            body.text("name").strip(),
            role,
            tenant,
            body.text("subject").strip(),
            AdminCall.time("expires_at", body.text("expires_at")));
    OperatorAccounts.Issued issued =
        refusing(
            () -> AdminCall.await(accounts.create(draft, authority(call), call.operator(tenant))));
    call.context().status(201);
    call.reply(issued(issued));
  }

  private void rotate(AdminCall call) throws IOException {
    Body body = Body.readOrEmpty(call.body(), maxBody, ROTATION);
    long grace = body.count("grace_seconds", OperatorAccounts.MAX_GRACE.toSeconds());
    OperatorAccounts.Issued issued =
        refusing(
            () ->
                AdminCall.await(
                    accounts.rotate(
                        call.context().pathParam("id"),
                        Duration.ofSeconds(grace),
                        authority(call),
                        call.operator(call.principal().tenant()))));
    call.reply(issued(issued));
  }

  private void revoke(AdminCall call) {
    OperatorAccount account =
        refusing(
            () ->
                AdminCall.await(
                    accounts.revoke(
                        call.context().pathParam("id"),
                        authority(call),
                        call.operator(call.principal().tenant()))));
    JsonOutput out = AdminCall.json().name("operator");
    write(out, account);
    call.reply(out);
  }

  private JsonOutput issued(OperatorAccounts.Issued issued) {
    JsonOutput out = AdminCall.json().name("operator");
    write(out, issued.account());
    return out.name("token").string(issued.token());
  }

  private void write(JsonOutput out, OperatorAccount account) {
    out.beginObject().name("id").string(account.id()).name("name").string(account.name());
    out.name("role").string(account.role().wireName());
    Members.text(out, "tenant", account.tenant());
    Members.text(out, "subject", account.subject());
    out.name("created_at").string(account.createdAt().toString());
    Members.time(out, "expires_at", account.expiresAt());
    Members.time(out, "last_used_at", accounts.lastUsed(account.id()));
    Members.time(out, "revoked_at", account.revokedAt());
    out.endObject();
  }

  private static <T> T refusing(Supplier<T> step) {
    try {
      return step.get();
    } catch (OperatorException e) {
      int status =
          switch (e.code()) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
          };
      throw new AdminException(status, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw AdminException.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
