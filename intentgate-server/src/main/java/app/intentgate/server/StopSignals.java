package app.intentgate.server;

import java.lang.reflect.Proxy;

/**
 * The signals by which an operator or a supervisor asks a process to stop. The JVM's own handler
 * for them ends with the status 128 + signal whatever its shutdown hooks did; this one leaves the
 * status to the program. What handles signals is no part of Java's standard modules, and so it is
 * looked for by name: a JVM without it, or one started with {@code -Xrs}, keeps its own handler.
 */
final class StopSignals {
  private static final String[] NAMES = {"TERM", "INT"};

  private StopSignals() {}

  /**
   * Has the signals do something else than end the process. It may be done more than once, on a
   * thread of its own.
   */
  static void handle(Runnable stop) {
    for (String name : NAMES) {
      try {
        handle(name, stop);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        System.getLogger(StopSignals.class.getName())
            .log(System.Logger.Level.DEBUG, "the JVM keeps SIG" + name + " for itself", e);
      }
    }
  }

  private static void handle(String name, Runnable stop) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object onSignal =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "handle" -> {
                    stop.run();
                    yield null;
                  }
                  case "equals" -> proxy == args[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "stop on SIG" + name;
                });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), onSignal);
  }
}
