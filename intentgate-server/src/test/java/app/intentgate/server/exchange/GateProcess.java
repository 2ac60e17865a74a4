package app.intentgate.server.exchange;

import app.intentgate.testing.FreePort;
import app.intentgate.testing.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gate in a process of its own, run from the built classes, so that it can be killed. */
public final class GateProcess implements Gate {
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final int port;

  private GateProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one and waits until it answers; {@code INTENTGATE_ADDR} names its port or 0. */
  public static GateProcess start(Map<String, String> environment) throws Exception {
    return start(environment, FastStart.options());
  }

  /**
   * Starts one by other options of the JVM.
   *
   * @param jvm what stands between the program's name and the class, the class path included
   */
  public static GateProcess start(Map<String, String> environment, List<String> jvm)
      throws Exception {
    int port = Integer.parseInt(environment.get("INTENTGATE_ADDR").split(":")[1]);
    if (port == 0) {
      port = FreePort.next();
    }
    Path log = Files.createTempFile("intentgate-process", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("app.intentgate.server.Main");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("INTENTGATE_"));
    builder.environment().putAll(environment);
    builder.environment().put("INTENTGATE_ADDR", "127.0.0.1:" + port);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    GateProcess gate = new GateProcess(builder.start(), port);
    gate.awaitAnswer(log);
    return gate;
  }

  private void awaitAnswer(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + START_NANOS;
    while (System.nanoTime() < end) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IOException("the gate ended: " + Files.readString(log));
      }
      if (RawHttp.call(port, "GET", "/healthz", List.of(), new byte[0]).status() == 200) {
        return;
      }
    }
    process.destroyForcibly();
    throw new IOException("the gate does not answer: " + Files.readString(log));
  }

  /** Sends it a signal, such as TERM, and does not wait for what it does. */
  public void signal(String name) {
    Signals.send(name, List.of(process.toHandle()));
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Asks it to stop, as an operator does (SIGTERM), and gives its exit status. */
  public int terminate() {
    end(false);
    return process.exitValue();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void end(boolean kill) {
    if (kill) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the gate did not stop in 60 s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
