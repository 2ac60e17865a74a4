package app.intentgate.server.exchange;

import java.util.Map;

/** A gate under test, on a port of this machine. */
public interface Gate extends AutoCloseable {
  /** The port it answers on. */
  int port();

  /** Ends it: in order, or at once as a crash would. */
  void end(boolean kill);

  @Override
  default void close() {
    end(true);
  }

  /** Starts gates. */
  interface Starter {
    /** A gate with this environment, answering. */
    Gate start(Map<String, String> environment) throws Exception;
  }
}
