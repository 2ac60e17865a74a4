package app.intentgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a tool server's headers count, and which of them a client may see (mcp T3). */
class UpstreamHeadTest {
  private static UpstreamHead head(String... namesAndValues) {
    HttpFields.Mutable out = HttpFields.build();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return UpstreamHead.of(200, out);
  }

  @Test
  void a_client_sees_what_is_on_a_list_and_nothing_of_the_servers_own() {
    UpstreamHead head =
        head(
            "Set-Cookie", "a=b",
            "allow", "GET, POST",
            "Server", "secret/1.0",
            "X-Accel-Buffering", "no",
            "WWW-Authenticate", "Bearer realm=\"inner\"",
            "Access-Control-Allow-Origin", "*",
            "Location", "http://10.0.0.1/",
            "CACHE-CONTROL", "no-store",
            "X-IntentGate-Decision", "allow");

    assertThat(head.kept())
        .containsExactly(
            "Cache-Control", "no-store", "X-Accel-Buffering", "no", "Allow", "GET, POST");
  }

  @Test
  void nothing_is_kept_where_nothing_came() {
    UpstreamHead head = head();

    assertThat(head.kept()).isEmpty();
    assertThat(head.sessionId()).isNull();
    assertThat(head.hasUsableSession()).isTrue();
    assertThat(head.isStream()).isFalse();
    assertThat(UpstreamHead.NONE.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream | true",
        "TEXT/EVENT-STREAM | true",
        "text/event-stream;charset=utf-8 | true",
        "text/event-stream ; charset=utf-8 | true",
        "text/event-streams | false",
        "text/event-stream+json | false",
        "text/event-stream-2 | false",
        "text/event | false",
        "application/json | false",
        "application/json;x=text/event-stream | false"
      })
  void a_stream_is_what_is_called_so_and_not_what_only_begins_like_it(String type, boolean is) {
    assertThat(head("Content-Type", type).isStream()).isEqualTo(is);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "!", "~", "0f-9c", "{x", "a:b=c/d?e"})
  void a_session_may_have_every_visible_character(String id) {
    assertThat(head("Mcp-Session-Id", id).hasUsableSession()).isTrue();
    assertThat(head("mcp-session-id", id).sessionId()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb", "a\u0000", "a\u007f", "\u00e4", "a\r\nX: y"})
  void a_session_of_other_characters_is_none(String id) {
    assertThat(UpstreamHead.NONE.withSession(id).hasUsableSession()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1024,a,true", "1025,a,false", "4096,{,true", "4097,{,false"})
  void a_sessions_name_is_bounded_and_the_names_of_several_have_more_room(
      int length, String first, boolean usable) {
    String id = first + "a".repeat(length - 1);

    assertThat(UpstreamHead.NONE.withSession(id).hasUsableSession()).isEqualTo(usable);
  }

  @Test
  void another_session_changes_nothing_else() {
    UpstreamHead head = head("Mcp-Session-Id", "a", "Allow", "GET", "Content-Type", "x/y");

    UpstreamHead other = head.withSession(null);

    assertThat(other).isEqualTo(new UpstreamHead(200, null, "x/y", head.kept()));
    assertThat(other.hasUsableSession()).isTrue();
  }
}
