package app.intentgate.sdk;

import app.intentgate.token.CapabilityToken;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    String prompt = options.prompt();
    if (prompt != null) {
      prompt(request, prompt);
    }
    put(request, "X-Task-Id", options.taskId());
    put(request, "X-IntentGate-OBO", options.onBehalfOf());
    put(request, "X-IntentGate-Approval-Id", options.approvalId());
    MemoryChain memory = options.memory();
    put(request, "X-Intent-Memory-Provenance", memory == null ? null : memory.header());
    return request.build();
  }

  private static void put(HttpRequest.Builder request, String name, @Nullable String value) {
    if (value != null) {
      request.header(name, value);
    }
  }

  /** Plain where every server on the way reads the same, otherwise as base64url (B38). */
  private static void prompt(HttpRequest.Builder request, String prompt) {
    if (prompt.equals(prompt.strip()) && prompt.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      request.header("X-Intent-Prompt", prompt);
      return;
    }
    byte[] utf8 = prompt.getBytes(StandardCharsets.UTF_8);
    request.header(
        "X-Intent-Prompt-B64", Base64.getUrlEncoder().withoutPadding().encodeToString(utf8));
  }
}
