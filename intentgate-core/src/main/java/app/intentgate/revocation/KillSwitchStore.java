package app.intentgate.revocation;

import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Which kill switches are engaged. {@link #engaged} is asked on every call: it answers from memory
 * and never blocks. Thread-safe.
 */
public interface KillSwitchStore {
  /**
   * The most specific switch that stops this agent: agent, then tenant, then global; null when none
   * does.
   *
   * @param tenant the call's tenant, or empty for a call without a token, which only a global
   *     switch stops
   * @param agent the agent id, or empty
   * @throws StoreUnavailableException when the answer may be out of date
   */
  @Nullable KillSwitchEntry engaged(String tenant, String agent);

  /**
   * Engages a switch. Engaging it again replaces reason and name and keeps the time.
   *
   * @return the entry as it stands, once it is durable and in force on this gate
   */
  CompletionStage<KillSwitchEntry> engage(KillSwitchEntry entry);

  /**
   * Releases a switch; releasing one that is not engaged does nothing.
   *
   * @return whether one was engaged
   */
  CompletionStage<Boolean> release(Scope scope, String tenant, String agent);

  /**
   * Engaged switches, newest first. May block.
   *
   * @param tenant only those that can stop this tenant's calls: its own and the global one; null
   *     for all
   * @throws StoreUnavailableException when the store cannot answer
   */
  List<KillSwitchEntry> list(@Nullable String tenant);
}
