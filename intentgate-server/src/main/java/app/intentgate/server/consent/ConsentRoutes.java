package app.intentgate.server.consent;

import app.intentgate.ApprovalActions;
import app.intentgate.ApprovalActions.Result;
import app.intentgate.approval.Approval;
import app.intentgate.operator.Operator;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/consent/{token}}: shows the call, and takes the answer. Looking changes nothing, so
 * that a program that follows links ahead of a person agrees to nothing.
 */
public final class ConsentRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ConsentRoutes.class);
  private static final int MOST_BODY = 256;
  private static final String OVER =
      "This was decided already, or is too late. Nothing is left to do here.";

  private final ApprovalActions approvals;
  private final ConsentLinks links;

  /** The routes. */
  public ConsentRoutes(ApprovalActions approvals, ConsentLinks links) {
    this.approvals = approvals;
    this.links = links;
  }

  /** Adds them to a Javalin configuration. */
  public void bind(JavalinConfig config) {
    String path = ConsentLinks.PATH + "{token}";
    config.routes.addEndpoint(new Endpoint(HandlerType.GET, path, guarded(this::show)));
    config.routes.addEndpoint(new Endpoint(HandlerType.HEAD, path, guarded(this::show)));
    config.routes.addEndpoint(new Endpoint(HandlerType.POST, path, guarded(this::decide)));
  }

  /** Nothing of a failure is shown to a stranger. */
  private static Handler guarded(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (RuntimeException e) {
        LOG.error("a person's consent could not be handled", e);
        answer(context, 503, ConsentPage.saying("This cannot be answered now. Try again later."));
      }
    };
  }

  private @Nullable Approval row(Context context) {
    String id = links.read(context.pathParam("token"));
    return id == null ? null : await(approvals.find(id, null)).orElse(null);
  }

  private void show(Context context) {
    Approval row = row(context);
    if (row == null) {
      answer(context, 404, ConsentPage.saying("There is nothing to decide here."));
    } else if (links.of(row) == null) {
      answer(context, 410, ConsentPage.saying(OVER));
    } else {
      answer(context, 200, ConsentPage.asking(row));
    }
  }

  private void decide(Context context) throws IOException {
    Approval row = row(context);
    if (row == null) {
      answer(context, 404, ConsentPage.saying("There is nothing to decide here."));
      return;
    }
    // The body is here already: whoever holds a thread of the operators waits for no stranger.
    String body =
        new String(context.req().getInputStream().readNBytes(MOST_BODY), StandardCharsets.US_ASCII);
    boolean yes = body.equals("decision=approve");
    if (!yes && !body.equals("decision=reject")) {
      answer(context, 400, ConsentPage.saying("The answer is either to allow or to refuse."));
    } else {
      Operator person =
          new Operator("", row.binding().tenant(), "", context.req().getRemoteAddr(), "");
      Result result = await(approvals.consent(row.id(), yes, "", person));
      boolean counted = result instanceof Result.Counted;
      answer(
          context,
          counted ? 200 : 410,
          ConsentPage.saying(
              !counted ? OVER : yes ? "You allowed it. Thank you." : "You refused it."));
    }
  }

  private static void answer(Context context, int status, String page) {
    context
        .status(status)
        .contentType("text/html; charset=utf-8")
        .header("Cache-Control", "no-store")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'")
        .header("X-Frame-Options", "DENY")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .result(page);
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
