package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading the events of a stream. */
@Timeout(60)
class GateEventsTest {
  /** A connection that gives some bytes and then, without breaking, nothing. */
  private static final class Dropped extends InputStream {
    private final byte[] bytes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int at;

    Dropped(String text) {
      bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      if (at == bytes.length) {
        try {
          closed.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return -1;
      }
      return bytes[at++];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int b = read();
      if (b < 0) {
        return -1;
      }
      into[offset] = (byte) b;
      return 1;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void aStreamThatFallsSilentBreaks() throws Exception {
    try (GateEvents events =
        new GateEvents(
            new Dropped("id: 7\ndata: {}\n\n: ping\n\n"), Duration.ofMillis(50), 1_000)) {
      assertThat(events.next()).isNotNull();

      assertThatThrownBy(events::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nothing came");
      assertThat(events.lastEventId()).isEqualTo("7");
    }
  }
}
