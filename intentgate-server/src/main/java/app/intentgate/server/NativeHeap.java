package app.intentgate.server;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the system that only the start needed. The JVM's compilers take some 30 MiB
 * while a gate warms up and free them; the C library keeps them, a seventh of a gate that runs in
 * 220 MiB. Only a JVM on Linux with glibc, 17.0.2 or newer, has the command for that ({@code jcmd
 * PID System.trim_native_heap}); on others nothing happens.
 */
final class NativeHeap {
  /** How long after one return of memory the next one comes; each takes a few milliseconds. */
  static final Duration EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(NativeHeap.class);
  private static final String COMMAND = "systemTrimNativeHeap";

  private boolean able = true;

  /**
   * Does it, if this JVM can; never throws.
   *
   * @return whether it could
   */
  boolean trim() {
    if (!able) {
      return false;
    }
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      LOG.debug("{}", beans.invoke(commands, COMMAND, new Object[0], new String[0]));
    } catch (JMException | RuntimeException | LinkageError e) {
      able = false;
      LOG.debug("the native heap stays as it is: {}", e.toString());
    }
    return able;
  }
}
