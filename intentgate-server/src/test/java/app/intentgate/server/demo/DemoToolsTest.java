package app.intentgate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demonstration's small servers, and what it invites people to try. */
class DemoToolsTest {
  private static final Pattern CURL =
      Pattern.compile("curl -s (\\S+) -H 'Authorization: Bearer '\"\\$TOKEN\" -d '(.*)'");

  private static String post(String url, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":1,\"params\":{\"name\":\"read_invoice\",\"arguments\":{\"id\":7}}} | invoice 7:"
            + " 120",
        "{\"id\":1,\"params\":{\"name\":\"read_invoice\"}} | invoice null: 120",
        "{\"id\":\"x\",\"params\":{\"name\":\"drop\"}} | no such tool",
        "{\"params\":{}} | no such tool",
        "{\"id\":1} | not a tool call",
        "[] | not a tool call",
        "{ | not JSON",
        "'' | not JSON"
      })
  void the_tool_server_answers_whatever_it_is_sent(String body, String answer) throws Exception {
    try (DemoTools tools = DemoTools.start()) {
      assertThat(post(tools.url(), body)).startsWith("{\"jsonrpc\":\"2.0\"").contains(answer);
    }
  }

  @Test
  void what_people_are_invited_to_try_meets_the_three_answers_and_nothing_is_left()
      throws Exception {
    Demo demo = Demo.start();
    StringWriter text = new StringWriter();
    try (demo) {
      demo.inviteToTry(new PrintWriter(text, true));
      String token = text.toString().replaceAll("(?s).*TOKEN=(\\S+).*", "$1");
      List<String> answers =
          CURL.matcher(text.toString())
              .results()
              .map(curl -> tried(curl.group(1), curl.group(2), token))
              .toList();
      assertThat(answers).hasSize(3);
      assertThat(answers.get(0)).contains("invoice 7: 120.00 EUR");
      assertThat(answers.get(1)).contains("pending_id");
      assertThat(answers.get(2)).contains("error").doesNotContain("deleted");
      assertThat(text.toString()).contains("http://127.0.0.1:");
      assertThat(Files.exists(demo.folder())).isTrue();
    }
    demo.close();
    assertThat(demo.folder()).doesNotExist();
    assertThat(text.toString()).doesNotContain("admin");
  }

  private static String tried(String url, String body, String token) {
    try {
      return post(url, body, "Authorization", "Bearer " + token);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
