package app.intentgate.server.rpc;

import app.intentgate.check.Caller;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.PendingStates;
import org.jspecify.annotations.Nullable;

/** A client's answers to what the tool server, or the gate, asked of it (mcp L6). */
final class ClientAnswers {
  private final RelayedRequests admission;
  private final @Nullable Forwarder forwarder;
  private final Conversations conversations;
  private final Consents consents;

  ClientAnswers(
      RelayedRequests admission,
      @Nullable Forwarder forwarder,
      Conversations conversations,
      Consents consents) {
    this.consents = consents;
    this.admission = admission;
    this.forwarder = forwarder;
    this.conversations = conversations;
  }

  /** Whether a body is a response and no request. */
  static boolean isResponse(JsonValue document) {
    return document instanceof JsonObject object
        && object.get("method") == null
        && (object.get("result") != null || object.get("error") != null);
  }

  /** Relays a response that the server waits for, in the caller's own session; no other. */
  void handle(Inbound in, JsonObject response, RequestId id) {
    KnownNames.ENVELOPE.check(response, response.get("id"));
    Caller caller = admission.admit(in, id, "response", false);
    if (caller == null) {
      return;
    }
    JsonValue asked = response.get("id");
    Conversation who = forwarder == null ? null : conversations.of(in, caller);
    if (forwarder != null && who == null) {
      Conversations.unknown(in, id);
      return;
    }
    if (asked != null && PendingStates.isQuestion(asked)) {
      consents.answered(in, asked, response, caller);
      return;
    }
    SessionState session = who == null ? null : who.session();
    if (forwarder == null
        || who == null
        || session == null
        || asked == null
        || !session.answers(asked)) {
      nobodyWaits(in, id);
      return;
    }
    forwarder.message(in, bytes(response, asked), null, who, result -> {});
  }

  /** Refuses an answer to what nobody asked this client. */
  static void nobodyWaits(Inbound in, RequestId id) {
    in.reply(400, RpcAnswer.error(id, -32600, "a response that nobody waits for"));
  }

  private static byte[] bytes(JsonObject response, JsonValue id) {
    JsonOutput out = JsonOutput.htmlSafe().beginObject().name("jsonrpc").string("2.0");
    out.name("id").value(id);
    for (String member : new String[] {"result", "error"}) {
      JsonValue value = response.get(member);
      if (value != null) {
        out.name(member).value(value);
      }
    }
    return out.endObject().toByteArray();
  }
}
