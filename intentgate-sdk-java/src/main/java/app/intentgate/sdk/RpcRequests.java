package app.intentgate.sdk;

import app.intentgate.token.CapabilityToken;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** Writes requests. */
final class RpcRequests {
  private final URI address;

  RpcRequests(URI address) {
    this.address = address;
  }

  URI address() {
    return address;
  }

  /** A request with everything that travels in headers. */
  HttpRequest of(byte[] body, @Nullable CapabilityToken token, CallOptions options) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token.encode());
    }
    options.headers().forEach(request::header);
    return request.build();
  }
}
