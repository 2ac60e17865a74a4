package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.store.StoreUnavailableException;
import app.intentgate.testing.Eventually;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long work about policies: bounded, given up when nobody hears of it, and never hidden. */
@Timeout(60)
class PolicyWorkTest {
  private final PolicyWork work = new PolicyWork();

  @Test
  void whatItGivesOrThrowsIsTheCallers() {
    assertThat(work.run(() -> "done")).isEqualTo("done");
    assertThatThrownBy(() -> work.run(() -> bad(new AdminException(409, "no"))))
        .isInstanceOf(AdminException.class)
        .hasMessage("no");
    assertThatThrownBy(() -> work.run(() -> bad(new IOException("secret-1"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("policy work failed");
    assertThatThrownBy(() -> work.run(() -> deep(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(work.run(() -> "still there")).isEqualTo("still there");
  }

  private static String bad(Exception e) throws Exception {
    throw e;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int deep(int depth) {
    return deep(depth + 1) + 1;
  }

  @Test
  void twoRunThirtyTwoWaitAndTheNextIsRefused() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    List<String> done = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 34; i++) {
      Thread caller =
          new Thread(
              () ->
                  done.add(
                      work.run(
                          () -> {
                            running.incrementAndGet();
                            end.await();
                            return "done";
                          })));
      caller.start();
      callers.add(caller);
    }
    Eventually.until(
        "all to wait",
        () ->
            running.get() == 2
                && callers.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
    assertThatThrownBy(() -> work.run(() -> "one more"))
        .isInstanceOfSatisfying(
            AdminException.class, refused -> assertThat(refused.status()).isEqualTo(503));
    end.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(done).hasSize(34);
    assertThat(work.run(() -> "there is room again")).isNotEmpty();
  }

  @Test
  void whoeverIsInterruptedGivesTheWorkUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                work.run(() -> untilInterrupted(begun, interrupted));
              } catch (RuntimeException e) {
                thrown.set(e);
              }
              flag.complete(Thread.currentThread().isInterrupted());
            });
    caller.start();
    begun.await();
    caller.interrupt();
    assertThat(flag.get()).as("and stays interrupted").isTrue();
    assertThat(thrown.get()).isInstanceOf(StoreUnavailableException.class);
    Eventually.until("the work to end", interrupted::get);
  }

  private static String untilInterrupted(CountDownLatch begun, AtomicBoolean interrupted) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.set(true);
    }
    return "given up";
  }

  @Test
  void whoWaitsIsToldAndWhenNobodyHearsItTheWorkEnds() {
    AtomicInteger told = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                work.run(
                    () -> untilInterrupted(begun, interrupted),
                    () -> {
                      if (told.incrementAndGet() == 2) {
                        throw new IOException("the client is gone");
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the client is gone");
    Eventually.until("the work to end", interrupted::get);
    assertThat(told).hasValue(2);
  }

  @Test
  void whatEndsSoonIsToldOfOnceByItsResult() throws Exception {
    AtomicInteger told = new AtomicInteger();
    assertThat(work.run(() -> "done", told::incrementAndGet)).isEqualTo("done");
    assertThatThrownBy(() -> work.run(() -> bad(new AdminException(400, "no")), () -> {}))
        .isInstanceOf(AdminException.class);
  }
}
