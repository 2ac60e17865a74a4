package app.intentgate.server;

import app.intentgate.server.admin.AdminRoutes;
import app.intentgate.server.http.FrontHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a gate does every second or minute, whoever calls. */
final class GateTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GateTimer.class);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, GateTimer::daemon);

  /** Starts. */
  GateTimer(AdminRoutes admin, FrontHandler.Agents agents) {
    var unused = timer.scheduleAtFixedRate(() -> summaries(admin), 60, 60, TimeUnit.SECONDS);
    var unusedUpkeep = timer.scheduleAtFixedRate(() -> upkeep(agents), 1, 1, TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-timer");
    thread.setDaemon(true);
    return thread;
  }

  private static void summaries(AdminRoutes admin) {
    try {
      admin.recordSummaries(false);
    } catch (RuntimeException e) {
      LOG.error("failed sign-ins could not be summed up", e);
    }
  }

  private static void upkeep(FrontHandler.Agents agents) {
    try {
      agents.everySecond();
      agents.recordSummaries(false);
    } catch (RuntimeException e) {
      // A timer stops at the first exception; what has to end, ends a second later.
      LOG.error("the upkeep of streams failed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
