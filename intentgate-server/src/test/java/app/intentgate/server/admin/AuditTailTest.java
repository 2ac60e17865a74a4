package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.memory.MemoryAuditStore;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The newest events for all who follow them: each once for who stays, none left out for anybody.
 */
class AuditTailTest {
  private static final Pattern CALL = Pattern.compile("\"call_id\":\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("(?m)^id: (.*)$");

  private final MemoryAuditStore audit = new MemoryAuditStore();
  private final AuditTail tail = new AuditTail(audit, "");
  private int made;

  @AfterEach
  void close() {
    audit.close();
  }

  /** Somebody who follows and takes everything at once. */
  private static final class Client {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final EventFollower follower = new EventFollower();

    Client() {
      ServletOutputStream out =
          new ServletOutputStream() {
            @Override
            public boolean isReady() {
              return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}

            @Override
            public void write(int b) {
              taken.write(b);
            }
          };
      follower.open(
          (HttpServletResponse)
              Proxy.newProxyInstance(
                  Client.class.getClassLoader(),
                  new Class<?>[] {HttpServletResponse.class},
                  (proxy, method, arguments) ->
                      method.getName().equals("getOutputStream") ? out : null));
      follower.onWritePossible();
    }

    private List<String> found(Pattern pattern) {
      return pattern
          .matcher(taken.toString(StandardCharsets.UTF_8))
          .results()
          .map(result -> result.group(1))
          .toList();
    }

    List<String> calls() {
      return found(CALL);
    }

    String lastId() {
      List<String> ids = found(ID);
      return ids.get(ids.size() - 1);
    }
  }

  private void events(int count) {
    events(count, "acme");
  }

  private void events(int count, String tenant) {
    for (int i = 0; i < count; i++) {
      audit
          .append(
              AuditEvent.builder()
                  .at(Instant.EPOCH.plusSeconds(made))
                  .decision(AuditDecision.ALLOW)
                  .tenant(tenant)
                  .callId("c" + made++)
                  .tool("t")
                  .build())
          .toCompletableFuture()
          .join();
    }
  }

  private static List<String> calls(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "c" + i).toList();
  }

  @Test
  void whoComesHearsWhatHappensFromThenOnOnceAndInOrder() {
    events(3);
    Client one = new Client();
    tail.add(one.follower);
    tail.poll();
    assertThat(one.calls()).as("what was before is not told").isEmpty();
    events(2);
    tail.poll();
    tail.poll();
    assertThat(one.calls()).isEqualTo(calls(3, 5));
    Client two = new Client();
    tail.add(two.follower);
    events(1);
    tail.poll();
    assertThat(one.calls()).isEqualTo(calls(3, 6));
    assertThat(two.calls()).isEqualTo(calls(5, 6));
  }

  @Test
  void whoComesBackGoesOnWhereTheLastIdSaysAndThenWithTheOthers() {
    events(2);
    Client one = new Client();
    tail.add(one.follower);
    events(2);
    tail.poll();
    String last = one.lastId();
    events(3);
    tail.poll();
    Client back = new Client();
    tail.add(back.follower, last);
    tail.poll();
    assertThat(back.calls()).isEqualTo(calls(4, 7));
    events(2);
    tail.poll();
    assertThat(back.calls()).isEqualTo(calls(4, 9));
    assertThat(one.calls()).isEqualTo(calls(2, 9));
    assertThat(back.lastId()).isEqualTo(one.lastId());
  }

  @Test
  void anIdIsGivenBeforeAnyEventSoThatNothingIsMissedMeanwhile() {
    Client early = new Client();
    tail.add(early.follower);
    assertThat(early.lastId()).isEqualTo("begin");
    events(2);
    AuditTail other = new AuditTail(audit, "");
    Client back = new Client();
    other.add(back.follower, early.lastId());
    other.poll();
    assertThat(back.calls()).isEqualTo(calls(0, 2));
    events(1);
    Client later = new Client();
    other.poll();
    other.add(later.follower);
    String mark = later.lastId();
    events(1);
    Client again = new Client();
    other.add(again.follower, mark);
    other.poll();
    assertThat(again.calls()).isEqualTo(calls(3, 4));
  }

  @Test
  void pagesAreReadToTheirEndAlsoWhereTheLastIsExactlyFull() {
    Client one = new Client();
    tail.add(one.follower);
    int page = AuditQuery.MAX_LIMIT;
    events(2 * page);
    tail.poll();
    assertThat(one.calls()).hasSize(2 * page).isEqualTo(calls(0, 2 * page));
    Client back = new Client();
    tail.add(back.follower, "begin");
    for (int polls = 0; polls < 4; polls++) {
      tail.poll();
    }
    assertThat(back.calls()).isEqualTo(calls(0, 2 * page));
    events(1);
    tail.poll();
    assertThat(back.calls()).as("with the others").endsWith("c" + 2 * page);
  }

  @Test
  void theTailOfATenantIsThatTenantsAlone() {
    AuditTail acme = new AuditTail(audit, "acme");
    Client one = new Client();
    acme.add(one.follower);
    events(1, "acme");
    events(1, "globex");
    events(1, "acme");
    acme.poll();
    assertThat(one.calls()).containsExactly("c0", "c2");
  }

  @Test
  void aTailThatNobodyFollowsIsIdleAndBeginsAnewForTheNext() {
    Client one = new Client();
    tail.add(one.follower);
    assertThat(tail.isIdle()).isFalse();
    one.follower.end();
    assertThat(tail.isIdle()).isTrue();
    events(5);
    Client two = new Client();
    tail.add(two.follower);
    tail.poll();
    assertThat(two.calls()).as("not what nobody waited for").isEmpty();
    events(1);
    tail.poll();
    assertThat(two.calls()).isEqualTo(calls(5, 6));
    Client behind = new Client();
    tail.add(behind.follower, two.lastId());
    two.follower.end();
    assertThat(tail.isIdle()).as("somebody is still behind").isFalse();
    behind.follower.end();
    assertThat(tail.isIdle()).isTrue();
  }

  @Test
  void anIdOfNoStreamIsRefusedBeforeItBegins() {
    events(1);
    tail.check("begin");
    for (String odd : List.of("x", "7", "begin ", "\u0000", "eyJ9")) {
      assertThatThrownBy(() -> tail.check(odd))
          .as(odd)
          .isInstanceOfSatisfying(
              AuditException.class,
              refused -> assertThat(refused.code()).isEqualTo(AuditException.Code.BAD_CURSOR));
    }
  }
}
