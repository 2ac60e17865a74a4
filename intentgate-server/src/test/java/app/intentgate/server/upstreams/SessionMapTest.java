package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionMapTest {
  private static final Map<String, Opened> OPENED =
      Map.of("sap", new Opened("", "2025-11-25"), "crm", new Opened("s-1", "2025-06-18"));

  @Test
  void no_two_clients_have_one_id_even_where_no_server_keeps_sessions() {
    SessionMap one = SessionMap.of(OPENED);
    SessionMap other = SessionMap.of(OPENED);

    assertThat(one.id()).isNotEqualTo(other.id());
    assertThat(SessionMap.parse(one.id())).isEqualTo(one);
    assertThat(new UpstreamHead(200, one.id(), null, List.of()).hasUsableSession()).isTrue();
  }

  @Test
  void ids_of_gates_that_told_them_not_apart_are_read_on() {
    SessionMap read = SessionMap.parse("{\"sap\":[\"s-1\",\"2025-11-25\"]}");

    assertThat(read).isNotNull();
    assertThat(read.opened()).containsOnly(Map.entry("sap", new Opened("s-1", "2025-11-25")));
  }
}
