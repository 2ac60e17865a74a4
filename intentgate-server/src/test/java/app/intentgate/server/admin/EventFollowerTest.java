package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.testing.Eventually;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One stream and the response it is written to. */
@Timeout(60)
class EventFollowerTest {
  private static HttpServletResponse response(ServletOutputStream out) {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            EventFollowerTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (self, method, arguments) -> method.getName().equals("getOutputStream") ? out : null);
  }

  /** A client that takes everything. */
  private static class Taking extends ServletOutputStream {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();

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
  }

  @Test
  void whatWasSentBeforeTheAnswerBeginsComesFirst() {
    Taking out = new Taking();
    EventFollower follower = new EventFollower();
    follower.comment("connected");

    follower.open(response(out));
    follower.onWritePossible();
    follower.comment("ping");

    assertThat(out.taken.toString(StandardCharsets.UTF_8)).isEqualTo(": connected\n\n: ping\n\n");
  }

  @Test
  void aResponseThatIsGoneEndsTheStreamAndNobodyElse() {
    EventFollower follower = new EventFollower();
    follower.open(
        response(
            new Taking() {
              @Override
              public boolean isReady() {
                throw new IllegalStateException("the response was recycled");
              }
            }));

    follower.onWritePossible();
    follower.comment("ping");

    assertThat(follower.isOver()).isTrue();
  }

  @Test
  void theEndWaitsForWhoeverIsWriting() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    EventFollower follower = new EventFollower();
    follower.open(
        response(
            new Taking() {
              @Override
              public void write(byte[] bytes) {
                writing.countDown();
                try {
                  goOn.await(50, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            }));
    follower.comment("ping");
    Thread writer = new Thread(follower::onWritePossible);
    writer.start();
    assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();

    Thread ender = new Thread(follower::end);
    ender.start();
    Eventually.until(
        () ->
            ender.getState() == Thread.State.BLOCKED
                || ender.getState() == Thread.State.TERMINATED);
    boolean early = follower.isOver();
    goOn.countDown();
    writer.join();
    ender.join();

    assertThat(early).as("the response may be completed while it is written to").isFalse();
    assertThat(follower.isOver()).isTrue();
  }
}
