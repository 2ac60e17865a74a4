package app.intentgate.examples.agents.plain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Calls a tool with the flat shape of {@code POST /v1/tool-call}, and reads the decision's header.
 */
public final class PlainAgent {
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final URI address;
  private final String token;

  /** An agent with a token. */
  public PlainAgent(String url, String token) {
    this.address = URI.create(url + "/v1/tool-call");
    this.token = token;
  }

  /**
   * What the gate said.
   *
   * @param decision {@code allow}, {@code block}, {@code escalate}; or the status where none was
   *     made
   * @param callId the id to look the call up in the audit log
   * @param body the answer, with the tool's result in the member {@code result}
   */
  public record Answer(String decision, String callId, String body) {}

  /** Calls a tool; the arguments are a JSON object. */
  public Answer call(String tool, String arguments, String prompt)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("X-Intent-Prompt", prompt)
            .POST(BodyPublishers.ofString("{\"tool\":\"" + tool + "\",\"args\":" + arguments + "}"))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return new Answer(
        response
            .headers()
            .firstValue("X-IntentGate-Decision")
            .orElse("HTTP " + response.statusCode()),
        response.headers().firstValue("X-IntentGate-Call-Id").orElse(""),
        response.body());
  }
}
