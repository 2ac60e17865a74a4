package app.intentgate.server.rpc;

import app.intentgate.Decision;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamResult;
import org.jspecify.annotations.Nullable;

/** A request that went to the tool server and whose answer is waited for. Thread-safe. */
interface Awaited {
  /** The id by which its answer is known. */
  JsonValue rpcId();

  /**
   * Takes the answer, or learns that none will come; what is to be recorded of it, is.
   *
   * @return the message for the client; null when the answer is to go on as it came
   */
  byte @Nullable [] answered(UpstreamResult result);

  /** The message for the client where none can be taken from the answer. */
  byte[] plain(UpstreamResult result);

  /** The decision by which any gate can go on with it; null when only this one can. */
  default Decision.@Nullable Allow decision() {
    return null;
  }

  /** Learns that the client left and the exchange was given up because of that. */
  void abandoned();
}
