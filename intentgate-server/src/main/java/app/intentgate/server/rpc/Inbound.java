package app.intentgate.server.rpc;

import app.intentgate.approval.Approval;
import app.intentgate.check.Credential;
import app.intentgate.intent.PromptHeader;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.http.ClientWatch;
import app.intentgate.server.http.EventStreamWriter;
import app.intentgate.server.http.ReadingOn;
import app.intentgate.server.http.Replies;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.oauth.Presented;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One HTTP request of an agent, and the way back to it. Answered once. */
final class Inbound {
  private static final HttpField ALLOWED =
      new PreEncodedHttpField("X-IntentGate-Decision", "allow");
  private static final HttpField BLOCKED =
      new PreEncodedHttpField("X-IntentGate-Decision", "block");
  private static final HttpField ESCALATED =
      new PreEncodedHttpField("X-IntentGate-Decision", "escalate");

  private static final int LONGEST_SESSION = 96;
  private static final int SESSION_START = 16;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final ClientWatch watch;
  private final long start = System.nanoTime();
  private volatile Presented presented = Presented.plain(Credential.NONE);
  private boolean initialize;
  private boolean toolCall;
  private int size;
  private @Nullable JsonObject meta;
  private volatile @Nullable EventStreamWriter stream;
  private volatile boolean decided;
  private volatile boolean answered;
  private boolean modern;
  private @Nullable Elicits elicits;
  private @Nullable String resumed;
  private @Nullable Conversation conversation;
  private volatile @Nullable Approval waitsFor;

  Inbound(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.watch = new ClientWatch(request);
  }

  Request request() {
    return request;
  }

  /** Takes note of how large the body is. */
  void hasBody(int bytes) {
    size = bytes;
  }

  /** How many bytes the body has; 0 where there is none. */
  int size() {
    return size;
  }

  HttpFields headers() {
    return request.getHeaders();
  }

  /** Remembers that the method is {@code initialize}, which only MCP clients call. */
  void isInitialize() {
    initialize = true;
  }

  /** Remembers that it is a {@code tools/call}, with what the client says beside it. */
  void isToolCall(@Nullable JsonObject said) {
    toolCall = true;
    meta = said;
  }

  /** Takes note of how the client says that the person who uses it can be asked. */
  void declares(Elicits ways) {
    elicits = ways;
  }

  /** Whether the client says, in this very request, how that person can be asked. */
  boolean declares() {
    return elicits != null;
  }

  /** How the client says that person can be asked; not at all where it does not say. */
  Elicits elicits() {
    return elicits == null ? Elicits.NOT : elicits;
  }

  /** Takes note of who calls, and in which session. */
  void isOf(Conversation who) {
    conversation = who;
  }

  /** Who calls, and in which session; null before that is known. */
  @Nullable Conversation conversation() {
    return conversation;
  }

  /** Takes note that the call goes on with one that waited for a person. */
  void resumes(String pendingId) {
    resumed = pendingId;
  }

  /** Whether the call goes on with one that waited, in a further round. */
  boolean isResumed() {
    return resumed != null;
  }

  /** Takes note of the row that the call waits for. */
  void waitsFor(Approval row) {
    waitsFor = row;
  }

  /** The row that the call waits for, or null. */
  @Nullable Approval waitsFor() {
    return waitsFor;
  }

  /** The approval the request resumes, or null. */
  @Nullable String approvalId() {
    if (resumed != null) {
      return resumed;
    }
    String header = header("X-IntentGate-Approval-Id");
    JsonValue named = meta == null ? null : meta.get("app.intentgate/approval_id");
    return header != null || named == null ? header : named.asText();
  }

  /** What the client wants to hear of progress under, or null. */
  @Nullable JsonValue progressToken() {
    JsonValue token = meta == null ? null : meta.get("progressToken");
    return token instanceof JsonString || token instanceof JsonNumber ? token : null;
  }

  /** Whether the answer to a call may be given as an event stream that begins before it. */
  boolean mayBeHeldOnStream() {
    return toolCall && acceptsEventStream();
  }

  /** Takes note that the call is decided. */
  void isDecided() {
    decided = true;
  }

  /** Whether the call still waits for its decision. */
  boolean isUndecided() {
    return !decided;
  }

  /** Whether the last of the answer is on its way. */
  boolean isAnswered() {
    return answered;
  }

  /** Remembers that the request is of the stateless era, which began with 2026-07-28. */
  void isStateless() {
    modern = true;
  }

  /** Whether the request is of the stateless era. */
  boolean isModern() {
    return modern;
  }

  /** Whether the caller is an MCP client, as B56 tells them apart. */
  boolean isMcpClient() {
    return initialize
        || headers().contains("MCP-Protocol-Version")
        || headers().contains("Mcp-Session-Id");
  }

  /** Takes note of what the caller presented. */
  void presents(Presented what) {
    presented = what;
  }

  /** What the caller presented. */
  Credential credential() {
    return presented.credential();
  }

  /** The value of a header that may come once; null when it is absent or blank. */
  @Nullable String header(String name) {
    String value = headers().get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The user's words (B38). */
  @Nullable String prompt() {
    String plain = headers().get("X-Intent-Prompt");
    String encoded = headers().get("X-Intent-Prompt-B64");
    return plain == null && encoded == null ? null : PromptHeader.read(plain, encoded);
  }

  /** The session or task the request belongs to (B32); of a sealed id, its random beginning. */
  @Nullable String session() {
    String session = header("Mcp-Session-Id");
    if (session == null) {
      return header("X-Task-Id");
    }
    return session.length() > LONGEST_SESSION ? session.substring(0, SESSION_START) : session;
  }

  /** The socket's other end, as {@code address:port}. */
  String remoteAddress() {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    if (!(remote instanceof InetSocketAddress address) || address.getAddress() == null) {
      return "";
    }
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** The socket's other end without its port. */
  String remoteHost() {
    return Request.getRemoteAddr(request);
  }

  long latencyMs() {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Whether the client went away; to be asked once the request was read. */
  boolean isGone() {
    return watch.isGone();
  }

  /**
   * Runs a task once the client is gone, unless it is answered before: at once if it is gone
   * already, otherwise on a thread that may not be blocked.
   */
  void onClientLeft(Runnable task) {
    watch.onLeft(task);
  }

  /**
   * Leaves the connection watched for reading while something else works on the answer, so that the
   * thread that brings it need not wake the one that reads here. Costs nothing on that one.
   */
  void staysReadable() {
    watch.onLeft(Inbound::nothing);
  }

  private static void nothing() {
    // The client's leaving changes nothing.
  }

  /** Whether the caller asked for event streams by name; {@code *}{@code /*} does not. */
  boolean acceptsEventStream() {
    return Accepted.has(headers(), EventStreamWriter.TYPE);
  }

  /**
   * Answers with an event stream; the one that was begun already, if there is one. Headers, such as
   * the call's id, have to be set before. {@link #reply} then gives the last event.
   */
  EventStreamWriter stream() {
    EventStreamWriter begun = stream;
    if (begun == null) {
      begun = new EventStreamWriter(request, response, callback, watch);
      stream = begun;
    }
    return begun;
  }

  /** Keeps the exchange open however long an upstream may take; its own limit ends it. */
  void waitForUpstream() {
    request.addIdleTimeoutListener(timeout -> false);
  }

  Inbound callId(String id) {
    response.getHeaders().put("X-IntentGate-Call-Id", id);
    return this;
  }

  Inbound allowed() {
    response.getHeaders().put(ALLOWED);
    return this;
  }

  Inbound blocked(String check) {
    response.getHeaders().put(BLOCKED).put("X-IntentGate-Check", check);
    return this;
  }

  Inbound escalated() {
    response.getHeaders().put(ESCALATED).put("X-IntentGate-Check", "policy");
    return this;
  }

  /** Answers with JSON; on a stream that was begun, as its last event. */
  void reply(int status, byte[] body) {
    answered = true;
    EventStreamWriter begun = stream;
    if (begun != null) {
      begun.end(body);
      return;
    }
    watch.end();
    ReadingOn.after(() -> Replies.json(response, callback, status, body));
  }

  /**
   * Answers a caller that did not prove who it is: with a status that it understands, and how to do
   * so; any other with 200 (B56).
   */
  void unauthenticated(byte[] body) {
    if (!isMcpClient() && !presented.knowsOAuth()) {
      reply(200, body);
      return;
    }
    List<String> headers =
        presented.status() == 503
            ? List.of("Retry-After", "1")
            : List.of("WWW-Authenticate", presented.challenge());
    reply(presented.status(), headers, body);
  }

  /** Answers with JSON and with headers of the tool server, name and value in turn. */
  void reply(int status, List<String> headers, byte[] body) {
    putAll(headers);
    reply(status, body);
  }

  /** Answers without a body, with headers of the tool server. */
  void empty(int status, List<String> headers) {
    putAll(headers);
    watch.end();
    Replies.empty(response, callback, status);
  }

  /** Answers with an event stream that has headers of the tool server. */
  EventStreamWriter stream(List<String> headers) {
    putAll(headers);
    return stream();
  }

  /** Ends the event stream that was begun. */
  void end() {
    answered = true;
    EventStreamWriter begun = stream;
    if (begun != null) {
      begun.end();
    }
  }

  private void putAll(List<String> headers) {
    if (stream != null) {
      return;
    }
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      response.getHeaders().put(headers.get(i), headers.get(i + 1));
    }
  }

  /** Asks the caller to come back later. */
  void tooMany(byte[] body) {
    watch.end();
    response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    Replies.json(response, callback, 429, body);
  }

  /** Answers a notification. */
  void accepted() {
    watch.end();
    response.setStatus(202);
    response.write(true, ByteBuffer.allocate(0), callback);
  }

  /** Ends an exchange whose client is gone. */
  void abandon() {
    answered = true;
    EventStreamWriter begun = stream;
    if (begun != null) {
      begun.end();
      return;
    }
    watch.end();
    response.setStatus(408);
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, ByteBuffer.allocate(0), callback);
  }
}
