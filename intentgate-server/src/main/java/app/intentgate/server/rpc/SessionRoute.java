package app.intentgate.server.rpc;

import app.intentgate.IntentGate;
import app.intentgate.check.Caller;
import app.intentgate.check.Outcome;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** {@code GET} and {@code DELETE /v1/mcp}: the server's own stream, and the end of a session. */
final class SessionRoute {
  private final IntentGate gate;
  private final RelayedRequests admission;
  private final Conversations conversations;
  private final RequestEvents events;
  private final Recording recording;
  private final @Nullable Forwarder forwarder;
  private final Upkeep upkeep;

  /** What is done now and then. */
  interface Upkeep {
    /** Ends what has to end; called every second. */
    void everySecond(Predicate<Inbound> permitted);

    /** Records what was not recorded one by one; the last time, all of it. */
    void recordSummaries(boolean last);

    /** Ends the servers' own streams for good. */
    void endStreams();
  }

  SessionRoute(
      IntentGate gate,
      RelayedRequests admission,
      Conversations conversations,
      RequestEvents events,
      Recording recording,
      @Nullable Forwarder forwarder,
      Upkeep upkeep) {
    this.gate = gate;
    this.admission = admission;
    this.conversations = conversations;
    this.events = events;
    this.recording = recording;
    this.forwarder = forwarder;
    this.upkeep = upkeep;
  }

  /** Whether there is a tool server that these could go to. */
  boolean isOn() {
    return forwarder != null;
  }

  void handle(Inbound in, String callId) {
    Forwarder to = forwarder;
    in.callId(callId);
    if (to == null) {
      in.empty(405, List.of("Allow", "POST"));
      return;
    }
    boolean get = HttpMethod.GET.is(in.request().getMethod());
    in.isInitialize();
    if (get && !in.acceptsEventStream()) {
      in.reply(406, RpcAnswer.error(RequestId.NONE, -32600, "Accept must name text/event-stream"));
      return;
    }
    Caller caller = admission.admit(in, RequestId.NONE, get ? "stream" : "session/end", false);
    if (caller == null) {
      return;
    }
    Conversation who = conversations.of(in, caller);
    if (who == null) {
      Conversations.unknown(in, RequestId.NONE);
      return;
    }
    recording.after(
        in,
        events.relayed(in, caller, get ? "stream" : "session/end", callId),
        RequestId.NONE,
        () -> {
          if (get) {
            to.stream(in, who);
          } else {
            to.end(in, who);
          }
        });
  }

  void everySecond() {
    upkeep.everySecond(
        in ->
            !(gate.admit(in.credential(), in.header("X-IntentGate-OBO"))
                instanceof Outcome.Deny<Caller>));
  }

  void recordSummaries(boolean last) {
    upkeep.recordSummaries(last);
  }

  void endStreams() {
    upkeep.endStreams();
  }
}
