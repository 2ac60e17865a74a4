package app.intentgate.sdk;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists tools page by page; whoever cancels the list cancels the page that is under way. */
final class ToolPages {
  private static final int MAX_PAGES = 100;

  private final Function<JsonObject, CompletableFuture<RpcAnswers.Result>> ask;
  private final List<ToolDescription> tools = new ArrayList<>();
  private final CompletableFuture<List<ToolDescription>> outcome = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<RpcAnswers.Result> current;

  /**
   * A list.
   *
   * @param ask asks for a page by the parameters of {@code tools/list}
   */
  ToolPages(Function<JsonObject, CompletableFuture<RpcAnswers.Result>> ask) {
    this.ask = ask;
  }

  CompletableFuture<List<ToolDescription>> start() {
    page("", 1);
    var unused =
        outcome.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                cancelCurrent();
              }
            });
    return outcome;
  }

  private void cancelCurrent() {
    CompletableFuture<RpcAnswers.Result> running = current;
    if (running != null) {
      running.cancel(true);
    }
  }

  private void page(String cursor, int number) {
    JsonObject params =
        cursor.isEmpty() ? JsonObject.EMPTY : JsonObject.of("cursor", JsonValue.of(cursor));
    CompletableFuture<RpcAnswers.Result> asked = ask.apply(params);
    current = asked;
    if (outcome.isDone()) {
      cancelCurrent(); // Who cancelled meanwhile may not have seen this page.
    }
    var unused =
        asked.whenComplete(
            (result, failure) -> {
              try {
                if (failure != null) {
                  outcome.completeExceptionally(Waiting.unwrap(failure));
                } else {
                  read(result, cursor, number);
                }
              } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
              }
            });
  }

  private void read(RpcAnswers.Result result, String cursor, int number) {
    JsonObject page = result.value() instanceof JsonObject o ? o : JsonObject.EMPTY;
    if (page.get("tools") instanceof JsonArray listed) {
      for (JsonValue tool : listed) {
        // One without a name cannot be called, and frameworks refuse the whole list for it.
        if (tool instanceof JsonObject o && !Json.text(o, "name", "").isBlank()) {
          tools.add(ToolDescription.of(o));
        }
      }
    }
    String next = Json.text(page, "nextCursor", "");
    if (next.isEmpty() || number >= MAX_PAGES) {
      outcome.complete(List.copyOf(tools));
    } else if (next.equals(cursor)) {
      outcome.completeExceptionally(
          new ProtocolError(Failure.of("the list of tools never ends", false, null)));
    } else {
      page(next, number + 1);
    }
  }
}
