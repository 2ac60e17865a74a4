package app.intentgate.server.redis;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Budgets that several gates share through a Redis. A call is one round trip of one script, which
 * charges all of its limits or none. Never grants more than a limit for as long as Redis forgets
 * nothing; a call whose answer did not come in time fails, and may have been counted: it is lost to
 * the caller, never granted. Nothing is sent twice. Thread-safe; no method but {@link #open} and
 * {@link #close} blocks.
 */
public final class RedisBudgetStore implements BudgetStore, AutoCloseable {
  private static final CompletionStage<ChargeResult> CHARGED =
      CompletableFuture.completedFuture(ChargeResult.CHARGED);

  private final RedisLink link;
  private final boolean byCallTime;
  private final String digest;

  private RedisBudgetStore(RedisLink link, boolean byCallTime) {
    this.link = link;
    this.byCallTime = byCallTime;
    this.digest = link.commands().digest(ChargeScript.TEXT);
  }

  /**
   * Connects.
   *
   * @throws StoreUnavailableException when that Redis cannot be used; the message names its address
   *     and no secret
   */
  public static RedisBudgetStore open(RedisAddress address) {
    return new RedisBudgetStore(RedisLink.open(address, RedisOptions.ofDefaults()), false);
  }

  static RedisBudgetStore open(RedisAddress address, RedisOptions options, boolean byCallTime) {
    return new RedisBudgetStore(RedisLink.open(address, options), byCallTime);
  }

  @Override
  public CompletionStage<ChargeResult> charge(List<Charge> charges, long nowMillis) {
    if (charges.isEmpty()) {
      return CHARGED;
    }
    ChargeScript script = new ChargeScript(charges, byCallTime ? nowMillis : null);
    try {
      return run(script).handle((answer, failure) -> result(script, answer, failure));
    } catch (RedisException e) {
      return CompletableFuture.failedFuture(unavailable(e));
    }
  }

  private CompletionStage<List<Object>> run(ChargeScript script) {
    RedisAsyncCommands<String, String> redis = link.commands();
    String[] keys = script.keys();
    String[] arguments = script.arguments();
    CompletionStage<List<Object>> known =
        redis.evalsha(digest, ScriptOutputType.MULTI, keys, arguments);
    // A Redis that was started anew does not know it, and then has done nothing.
    return known.exceptionallyCompose(
        failure ->
            cause(failure) instanceof RedisNoScriptException
                ? redis.eval(ChargeScript.TEXT, ScriptOutputType.MULTI, keys, arguments)
                : CompletableFuture.failedFuture(cause(failure)));
  }

  private ChargeResult result(
      ChargeScript script, @Nullable List<Object> answer, @Nullable Throwable failure) {
    if (answer == null || failure != null) {
      Throwable cause = failure == null ? new RedisException("no answer") : cause(failure);
      if (!(cause instanceof RedisException)) {
        link.giveUp();
      }
      throw unavailable(cause);
    }
    try {
      return script.result(answer);
    } catch (RuntimeException e) {
      link.giveUp();
      throw unavailable(e);
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private StoreUnavailableException unavailable(Throwable cause) {
    return new StoreUnavailableException(
        "budgets cannot be charged at " + link + ": " + cause.getMessage(), cause);
  }

  /** Whether Redis answered when it was last asked; it is asked every second. */
  public boolean isAvailable() {
    return link.isAvailable();
  }

  @Override
  public void close() {
    link.close();
  }
}
