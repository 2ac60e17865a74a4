package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.policy.lifecycle.PolicyChangeException;
import app.intentgate.policy.lifecycle.PolicyCompiler;
import app.intentgate.policy.replay.DryRun;
import app.intentgate.policy.replay.DryRunReport;
import app.intentgate.policy.replay.DryRunRequest;
import app.intentgate.policy.replay.PolicyExplainer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/admin/policies/dry-run} (admin contract 4, B24). */
final class DryRunRoute implements RouteGroup {
  private static final Logger LOG = LoggerFactory.getLogger(DryRunRoute.class);
  private static final String PREFIX = "invalid JSON body: ";
  private static final String NDJSON = "application/x-ndjson";
  private static final byte[] LINE_FEED = {'\n'};
  private static final int DEFAULT_LIMIT = 10_000;
  private static final int DEFAULT_SAMPLES = 100;
  private static final int MAX_INPUTS = 1_000;

  private final IntentGate gate;
  private final PolicyCompiler compiler;
  private final PolicyWork work;
  private final int maxBody;

  DryRunRoute(IntentGate gate, PolicyCompiler compiler, PolicyWork work, int maxBody) {
    this.gate = gate;
    this.compiler = compiler;
    this.work = work;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/policies/dry-run", PolicyWork.answering(this::handle));
  }

  private void handle(AdminCall call) throws IOException {
    Body body = Body.lenient(call.body(), maxBody, PREFIX);
    String from = body.text("from");
    String to = body.text("to");
    DryRunRequest request = request(call, body, from, to);
    String accept = call.context().header("Accept");
    if (accept != null && accept.contains(NDJSON)) {
      stream(call, request, from, to);
      return;
    }
    DryRunReport report = work.run(() -> run(request, null));
    call.reply(DryRunJson.members(AdminCall.json(), report, request, from, to));
  }

  private static DryRunRequest request(AdminCall call, Body body, String from, String to) {
    String source = body.text("rego");
    if (source.isBlank()) {
      throw AdminException.badRequest("missing required field \"rego\"");
    }
    return new DryRunRequest(
        source,
        body.text("current_rego"),
        AdminCall.time("from", from),
        AdminCall.time("to", to),
        number(body, "limit", DEFAULT_LIMIT, DryRunRequest.MAX_LIMIT),
        number(body, "max_samples", DEFAULT_SAMPLES, DryRunRequest.MAX_SAMPLES),
        body.text("agent_id"),
        body.text("tool"),
        call.tenantOf(body),
        body.flag("explain"),
        inputs(body));
  }

  /**
   * A number that is not given, or not above 0, is the usual one; one that is too large, the most.
   */
  private static int number(Body body, String member, int usual, int most) {
    JsonValue value = body.value(member);
    if (value == null) {
      return usual;
    }
    if (!(value instanceof JsonNumber number) || !number.isInteger()) {
      throw AdminException.badRequest(PREFIX + member + " must be a whole number");
    }
    if (number.signum() <= 0) {
      return usual;
    }
    return number.fitsLong() ? (int) Math.min(number.longValue(), most) : most;
  }

  private static @Nullable List<JsonObject> inputs(Body body) {
    JsonValue one = body.value("input");
    JsonValue many = body.value("inputs");
    if (one != null && many != null) {
      throw AdminException.badRequest("input and inputs cannot both be given");
    }
    if (one == null && many == null) {
      return null;
    }
    List<JsonObject> inputs = new ArrayList<>();
    if (one != null) {
      inputs.add(input(one));
    } else if (many instanceof JsonArray array && array.size() <= MAX_INPUTS) {
      array.forEach(value -> inputs.add(input(value)));
    } else {
      throw AdminException.badRequest(
          PREFIX + "inputs must be an array of at most " + MAX_INPUTS + " objects");
    }
    return inputs;
  }

  private static JsonObject input(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw AdminException.badRequest(PREFIX + "an input must be an object");
  }

  private DryRunReport run(DryRunRequest request, DryRun.@Nullable Progress progress) {
    RegoPolicyEngine candidate = compiler.compileCandidate(request.source());
    PolicyExplainer explainer =
        request.explain() ? PolicyExplainer.of(PolicyCompiler.FILE, request.source()) : null;
    return new DryRun(gate.audit(), candidate, explainer, request, progress).run();
  }

  /** Answers with lines: how far it is, now and then, and at last the result. */
  private void stream(AdminCall call, DryRunRequest request, String from, String to)
      throws IOException {
    AtomicLong evaluated = new AtomicLong();
    AtomicLong total = new AtomicLong();
    OutputStream out = call.context().res().getOutputStream();
    DryRunReport report;
    try {
      report =
          work.run(
              () ->
                  run(
                      request,
                      (done, all) -> {
                        evaluated.set(done);
                        total.set(all);
                      }),
              () -> progress(call, out, evaluated.get(), total.get()));
    } catch (PolicyChangeException | AdminException e) {
      if (!call.context().res().isCommitted()) {
        throw e;
      }
      line(out, AdminCall.json().name("error").string(String.valueOf(e.getMessage())));
      return;
    } catch (RuntimeException e) {
      if (!call.context().res().isCommitted()) {
        throw e;
      }
      LOG.error("a dry run ended after its answer had begun", e);
      line(out, AdminCall.json().name("error").string("the dry run failed"));
      return;
    }
    progress(call, out, report.summary().evaluated(), report.summary().evaluated());
    JsonOutput result = AdminCall.json().name("result").beginObject();
    line(out, DryRunJson.members(result, report, request, from, to).endObject());
  }

  private static void progress(AdminCall call, OutputStream out, long evaluated, long total)
      throws IOException {
    if (!call.context().res().isCommitted()) {
      call.context().res().setContentType(NDJSON);
    }
    JsonOutput line = AdminCall.json().name("progress").beginObject();
    line.name("evaluated").number(evaluated).name("total").number(total).endObject();
    line(out, line);
  }

  private static void line(OutputStream out, JsonOutput object) throws IOException {
    object.endObject().raw(LINE_FEED).writeTo(out);
    out.flush();
  }
}
