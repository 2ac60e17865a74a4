package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Role;
import app.intentgate.server.upstreams.UpstreamReport;
import app.intentgate.server.upstreams.Upstreams;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/admin/upstreams}: the tool servers, how they do and which tools they have. No
 * credential is shown, and of an address nothing that may hold one.
 */
final class UpstreamsRoute implements RouteGroup {
  private final Upstreams upstreams;

  UpstreamsRoute(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/upstreams", this::list);
  }

  private void list(AdminCall call) {
    JsonOutput out = AdminCall.json().name("upstreams").beginArray();
    for (UpstreamReport report : upstreams.reports()) {
      Set<String> tenants = report.server().tenants();
      Principal principal = call.principal();
      if (principal.isSuperadmin() || tenants.isEmpty() || tenants.contains(principal.tenant())) {
        write(out, report, principal);
      }
    }
    call.reply(out.endArray());
  }

  private static void write(JsonOutput out, UpstreamReport report, Principal principal) {
    out.beginObject().name("name").string(report.server().name());
    URI url = report.server().url();
    boolean ofTheGate = principal.isSuperadmin();
    out.name("url")
        .string(
            ofTheGate && principal.role().covers(Role.ADMIN)
                ? ShownAddress.withPath(url)
                : ShownAddress.withoutPath(url));
    out.name("prefix").string(report.server().prefix());
    if (ofTheGate && !report.server().tenants().isEmpty()) {
      texts(out.name("tenants"), report.server().tenants().stream().sorted().toList());
    }
    out.name("status").string(report.status()).name("failures").number(report.failures());
    time(out, "last_success_at", report.lastSuccess());
    time(out, "last_failure_at", report.lastFailure());
    if (report.lastError() != null) {
      out.name("last_error").string(report.lastError());
    }
    if (report.tools() != null) {
      texts(out.name("tools"), report.tools());
    }
    out.endObject();
  }

  private static void texts(JsonOutput out, List<String> texts) {
    out.beginArray();
    texts.forEach(out::string);
    out.endArray();
  }

  private static void time(JsonOutput out, String name, @Nullable Instant at) {
    if (at != null) {
      out.name(name).string(at.toString());
    }
  }
}
