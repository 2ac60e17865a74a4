package app.intentgate.server.rpc;

import app.intentgate.IntentGate;
import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.check.Outcome;
import app.intentgate.server.mcp.SessionIds.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the session that a request belongs to, and holds it against the request's token. */
final class Conversations {
  private final IntentGate gate;
  private final Sessions sessions;

  Conversations(IntentGate gate, Sessions sessions) {
    this.gate = gate;
    this.sessions = sessions;
  }

  /**
   * The conversation of an admitted caller; null when the session it names is not its own, or not
   * one at all. The stateless era has no sessions (mcp M1).
   */
  @Nullable Conversation of(Inbound in, Caller caller) {
    Owner owner = Sessions.owner(caller);
    String id = in.isModern() ? null : in.header("Mcp-Session-Id");
    if (id == null) {
      return withoutSession(in, () -> owner);
    }
    SessionState session = sessions.find(id, owner, lasting(in.credential()));
    if (session == null) {
      return null;
    }
    return new Conversation(() -> owner, session, session::elicits);
  }

  /** The conversation of a caller where there is no session. */
  private Conversation withoutSession(Inbound in, Supplier<Owner> owner) {
    return new Conversation(
        owner, null, () -> in.declares() ? in.elicits() : sessions.declaredBy(owner.get()));
  }

  /** The conversation of a call where there is no tool server. */
  Conversation withoutServer(Inbound in) {
    return withoutSession(in, () -> owner(in));
  }

  /** Takes note of what the client of a caller declares as it begins. */
  void begins(Inbound in, Caller caller) {
    sessions.declared(Sessions.owner(caller), in.elicits());
  }

  /**
   * The conversation of a call that is judged later: who makes it is looked up only where a session
   * is named. A caller that will be refused has none yet.
   */
  @Nullable Conversation ofCall(Inbound in) {
    Supplier<Owner> owner = () -> owner(in);
    if (in.isModern() || in.header("Mcp-Session-Id") == null) {
      return withoutSession(in, owner);
    }
    return admit(in) instanceof Outcome.Pass<Caller> pass
        ? of(in, pass.value())
        : withoutSession(in, owner);
  }

  /** Who a request comes from, as far as its token says. */
  Owner owner(Inbound in) {
    return Sessions.owner(admit(in).found());
  }

  /** Whether the token of a request holds now. */
  boolean admits(Inbound in) {
    return admit(in) instanceof Outcome.Pass;
  }

  private Outcome<Caller> admit(Inbound in) {
    return gate.admit(in.credential(), in.header("X-IntentGate-OBO"));
  }

  /** A session outlasts the access token it was opened with: its client brings the next one. */
  private static Credential lasting(Credential credential) {
    return credential instanceof Credential.Bearer bearer && bearer.notAfter() != 0
        ? new Credential.Bearer(bearer.text())
        : credential;
  }

  /** Answers a request for a session that is not the caller's as one that is not there (mcp L2). */
  static void unknown(Inbound in, RequestId id) {
    in.reply(404, RpcAnswer.error(id, -32600, "session not found"));
  }
}
