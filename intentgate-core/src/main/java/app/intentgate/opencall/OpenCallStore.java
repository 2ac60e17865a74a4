package app.intentgate.opencall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where open calls are kept. Whoever takes a call is the only one who does, on whichever gate, and
 * records its outcome. Never blocks; a stage fails when the store is away. Thread-safe.
 */
public interface OpenCallStore {
  /**
   * Keeps a call.
   *
   * @return those given up for it, which nobody can take any longer: an earlier one of the same
   *     key, and the oldest of a session that has too many; complete once that is durable
   */
  CompletionStage<List<OpenCall>> keep(OpenCall call);

  /** Takes the call that an answer belongs to; empty when none waits for it. */
  CompletionStage<Optional<OpenCall>> take(OpenCall.Key key);

  /** Takes every call of a session. */
  CompletionStage<List<OpenCall>> takeAll(OpenCall.Session session);

  /**
   * Takes calls that were open already at a time, those that are open longest first.
   *
   * @param limit how many at most
   */
  CompletionStage<List<OpenCall>> takeOlder(Instant than, int limit);
}
