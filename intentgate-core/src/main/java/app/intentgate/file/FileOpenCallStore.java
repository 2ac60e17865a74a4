package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.store.Stages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Open calls held in memory and kept in a file. A call is taken once its file says so; should that
 * fail, the call is taken all the same and its taker's stage fails. Thread-safe: a step and its
 * lines are made under one lock, so that the last line of a call is its last step.
 */
final class FileOpenCallStore implements OpenCallStore {
  private final MemoryOpenCallStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  FileOpenCallStore(MemoryOpenCallStore memory, Function<JsonObject, CompletionStage<Void>> log) {
    this.memory = memory;
    this.log = log;
  }

  @Override
  public synchronized CompletionStage<List<OpenCall>> keep(OpenCall call) {
    return Stages.then(
        memory.keep(call),
        lost -> {
          // One of the same key is replaced by the very line.
          List<OpenCall> others =
              lost.stream().filter(gone -> !gone.key().equals(call.key())).toList();
          CompletionStage<Void> kept = log.apply(OpenCallLines.of(call));
          CompletionStage<List<OpenCall>> gone = logged(others);
          return Stages.map(Stages.then(kept, done -> gone), done -> lost);
        });
  }

  @Override
  public synchronized CompletionStage<Optional<OpenCall>> take(OpenCall.Key key) {
    return Stages.then(
        memory.take(key),
        taken ->
            taken.isEmpty()
                ? CompletableFuture.completedFuture(taken)
                : Stages.map(log.apply(OpenCallLines.taken(key)), done -> taken));
  }

  @Override
  public synchronized CompletionStage<List<OpenCall>> takeAll(OpenCall.Session session) {
    return Stages.then(memory.takeAll(session), this::logged);
  }

  @Override
  public synchronized CompletionStage<List<OpenCall>> takeOlder(Instant than, int limit) {
    return Stages.then(memory.takeOlder(than, limit), this::logged);
  }

  private CompletionStage<List<OpenCall>> logged(List<OpenCall> taken) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (OpenCall call : taken) {
      CompletionStage<Void> each = log.apply(OpenCallLines.taken(call.key()));
      all = Stages.then(all, done -> each);
    }
    return Stages.map(all, done -> taken);
  }
}
