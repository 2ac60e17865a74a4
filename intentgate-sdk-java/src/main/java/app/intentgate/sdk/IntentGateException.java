package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Why a call gave no result. A denial ({@link #isDenial}) is never confused with an outage: each
 * check has a type of its own, and so has each way in which a gate, a tool server or the network
 * can fail. Immutable.
 *
 * <p>The message is for logs, {@link #reason} may be shown to the agent, {@link #forModel} is meant
 * for it. None of them holds a token.
 */
public abstract sealed class IntentGateException extends RuntimeException
    permits CapabilityDenied,
        IntentDenied,
        PolicyDenied,
        BudgetDenied,
        ProvenanceDenied,
        PiiBlocked,
        SchemaBlocked,
        TenantScopeDenied,
        ApprovalPending,
        ApprovalRejected,
        ApprovalExpired,
        UpstreamFailed,
        GateUnavailable,
        ProtocolError,
        TransportError {
  @Serial private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;
  private final String check;
  private final String callId;
  private final boolean mayHaveRun;
  private final transient @Nullable JsonValue data;

  IntentGateException(Failure failure) {
    super(failure.sentence(), failure.cause());
    this.code = failure.code();
    this.reason = failure.reason();
    this.check = failure.check();
    this.callId = failure.callId();
    this.mayHaveRun = failure.mayHaveRun();
    this.data = failure.data();
  }

  /**
   * The exception of a refusal that came as a tool result, as MCP clients get it.
   *
   * @param denial the member {@code app.intentgate/denial} of the result's {@code _meta}
   * @param text the result's text
   */
  public static IntentGateException ofDenial(JsonObject denial, String text) {
    return Denials.ofDenial(denial, text);
  }

  /** The JSON-RPC code of the answer; 0 when there was none. */
  public int code() {
    return code;
  }

  /** Why, in words the agent may read. */
  public String reason() {
    return reason;
  }

  /** The check that refused, as the audit log calls it; empty when none did. */
  public String check() {
    return check;
  }

  /** The id all audit events of the call share; empty when the gate did not say. */
  public String callId() {
    return callId;
  }

  /** What came with the error, or null; an exception that was serialized has lost it. */
  public @Nullable JsonValue data() {
    return data;
  }

  /** Whether a check or a person said no, or has still to say yes; otherwise something failed. */
  public boolean isDenial() {
    return true;
  }

  /**
   * Whether the tool may have run all the same: never after a denial of the call, possibly when the
   * answer was lost or withheld, or the waiting for a person was given up. Only a call that did not
   * run can be made again without thought.
   */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }

  /** What happened and what to do next, for a model to act on. */
  public String forModel() {
    return ModelTexts.of(this);
  }
}
