package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.IntentGate;
import app.intentgate.check.Credential;
import app.intentgate.json.JsonNumber;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.SessionIds;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.token.KeyRing;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What a gate knows of a session. */
class SessionStateTest {
  private static final Owner OWNER = new Owner("acme", "chain");
  private static final Credential TOKEN = new Credential.Bearer("token");

  @Test
  void a_session_is_known_by_its_credential_from_the_moment_it_is_known_at_all() {
    SessionState fresh =
        new SessionState("id", new SessionIds.Session("up", Elicits.NOT), OWNER, TOKEN);
    assertThat(fresh.credential()).isEqualTo(TOKEN);

    Sessions sessions =
        new Sessions(
            new SessionIds(KeyRing.generate(), new SecureRandom()),
            new OpenCalls(IntentGate.builder().build(), new MemoryOpenCallStore()));
    String id = sessions.open("up", OWNER, Elicits.NOT);
    SessionState found = sessions.find(id, OWNER, TOKEN);

    assertThat(sessions.where(each -> each.credential().equals(Credential.NONE))).isEmpty();
    assertThat(sessions.where(each -> each.credential().equals(TOKEN))).containsExactly(found);
    assertThat(sessions.find(id, new Owner("acme", "other"), Credential.NONE)).isNull();
    assertThat(found.credential()).as("a stranger's does not count").isEqualTo(TOKEN);
  }

  @Test
  void a_server_whose_old_requests_were_never_answered_can_go_on_asking() {
    SessionState session =
        new SessionState("id", new SessionIds.Session("up", Elicits.NOT), OWNER, TOKEN);
    for (int i = 0; i <= 1_000; i++) {
      session.asked(JsonNumber.of(i));
    }

    assertThat(session.answers(JsonNumber.of(1_000))).isTrue();
    assertThat(session.answers(JsonNumber.of(1_000))).as("once").isFalse();
    assertThat(session.answers(JsonNumber.of(1))).isTrue();
    assertThat(session.answers(JsonNumber.of(0))).as("the oldest made room").isFalse();
  }
}
