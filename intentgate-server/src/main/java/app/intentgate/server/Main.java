package app.intentgate.server;

import app.intentgate.audit.AuditException;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.store.StoreUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program. Without a word, or with {@code serve}, it is the gate; every other word is for the
 * command line, whose classes are not loaded by a gate that starts.
 *
 * <p>A gate that is asked to stop ends with 0 when it did so in order, and with 1 otherwise. A
 * second request while it stops changes nothing.
 */
public final class Main {
  private static final String COMMAND_LINE = "app.intentgate.server.cli.CommandLineMain";

  /** Read once, by the first who asks for words or the first day of a week. */
  private static final String LOCALES = "java.locale.providers";

  /** Read once, by the first queue of Jetty's. */
  private static final String REFERENCES = "org.eclipse.jetty.util.referencesPerCacheLine";

  private Main() {}

  /** Runs it. Exits with 1 when the gate cannot start. */
  public static void main(String[] args) throws Exception {
    useOneSourceOfLocales();
    sayHowLargeReferencesAre();
    if (args.length == 0 || args.length == 1 && args[0].equals("serve")) {
      serve();
      return;
    }
    try {
      Class.forName(COMMAND_LINE).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (ClassNotFoundException e) {
      System.err.println("intentgate: no command \"" + args[0] + "\"; there is: serve");
      System.exit(2);
    }
  }

  /**
   * Java 17 asks a second source when the usual one has no words for a language, and so do the
   * clocks of libraries in a gate that starts: a tenth of that time, for words it never writes.
   * Newer versions have no second source.
   */
  private static void useOneSourceOfLocales() {
    if (System.getProperty(LOCALES) == null) {
      System.setProperty(LOCALES, "CLDR");
    }
  }

  /**
   * Jetty keeps the two ends of its queues in different lines of the processor's cache, and starts
   * all of the JVM's management to ask how many references a line has: a twentieth of the time in
   * which a gate starts. With the small references of heaps below 32 GB it is this many, which in
   * larger ones keeps the ends two lines apart.
   */
  private static void sayHowLargeReferencesAre() {
    if (System.getProperty(REFERENCES) == null) {
      System.setProperty(REFERENCES, "16");
    }
  }

  private static void serve() throws InterruptedException {
    new Thread(HeapRoom::keep, "intentgate-heap").start();
    GateServer server;
    try {
      server = GateServer.start(Config.of(System.getenv()));
    } catch (ConfigException | AuditException | StoreUnavailableException e) {
      System.err.println("intentgate: " + e.getMessage());
      System.exit(1);
      return;
    } catch (RuntimeException e) {
      // Threads that run already would keep a program that does nothing.
      System.err.println("intentgate: the gate cannot start: " + e);
      e.printStackTrace();
      System.exit(1);
      return;
    }
    CountDownLatch asked = new CountDownLatch(1);
    // Whoever ends the JVM in another way (SIGHUP, for one) waits for the same orderly end.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "intentgate-stop"));
    StopSignals.handle(asked::countDown);
    NativeHeap nativeHeap = new NativeHeap();
    while (!asked.await(NativeHeap.EVERY.toSeconds(), TimeUnit.SECONDS)) {
      nativeHeap.trim();
    }
    System.exit(stop(server));
  }

  /** Zero says that everything was answered or handed back, and that nothing was lost. */
  private static int stop(GateServer server) {
    try {
      server.close();
      return 0;
    } catch (RuntimeException e) {
      System.err.println("intentgate: the gate did not stop in order: " + e);
      return 1;
    }
  }
}
