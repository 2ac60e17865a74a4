package app.intentgate.opencall;

import app.intentgate.audit.AuditEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A forwarded call that waits for its answer on another stream than its own.
 *
 * @param key how its answer is known
 * @param callId the id all events of the call share
 * @param tool the tool as it was judged
 * @param event the call's outcome event as it would be had the tool answered nothing, for whoever
 *     records what really became of it
 * @param since when its stream ended; what is finer than a microsecond is cut off
 */
public record OpenCall(Key key, String callId, String tool, AuditEvent event, Instant since) {
  /** How many calls of one session may be open; of more, the oldest is given up. */
  public static final int MAX_PER_SESSION = 200;

  /** An open call. */
  public OpenCall {
    since = since.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Whose sessions are told apart.
   *
   * @param tenant the tenant of the token that opened it, or empty
   * @param chainId the name of that token, or empty
   * @param session the session, or empty where there is none
   */
  public record Session(String tenant, String chainId, String session) {}

  /**
   * How the answer to a call is known.
   *
   * @param session where it may come
   * @param rpcId the request's JSON-RPC id, as JSON or, where that is long, its hash
   */
  public record Key(Session session, String rpcId) {}
}
