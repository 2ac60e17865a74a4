package app.intentgate.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps room in the heap for short-lived objects. A gate holds little and makes much: left alone,
 * the default collector gives all but three times what is held back to the system, and from then on
 * collects several times a second under load and marks the whole heap every few seconds, at the
 * cost of the slowest hundredth of the calls. So the heap is kept at seven to twenty times what is
 * held. Nothing changes below {@value #LEAST_MIB} MiB, where memory matters more, on other JVMs
 * than HotSpot, and for options that the operator gave.
 */
final class HeapRoom {
  private static final Logger LOG = LoggerFactory.getLogger(HeapRoom.class);
  private static final int LEAST_MIB = 256;

  /** Per cent of the heap that is free after a collection; the larger is set first. */
  private static final String[][] OPTIONS = {
    {"MaxHeapFreeRatio", "95"}, {"MinHeapFreeRatio", "85"}
  };

  private HeapRoom() {}

  /** Sets it up, whatever the JVM; to be called early, as the first collection gives back most. */
  static void keep() {
    if (Runtime.getRuntime().maxMemory() < LEAST_MIB << 20) {
      return;
    }
    try {
      keep(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("the heap stays as the JVM sizes it: {}", e.toString());
    }
  }

  static void keep(HotSpotDiagnosticMXBean jvm) {
    for (String[] option : OPTIONS) {
      if (jvm.getVMOption(option[0]).getOrigin() != VMOption.Origin.DEFAULT) {
        return;
      }
    }
    for (String[] option : OPTIONS) {
      jvm.setVMOption(option[0], option[1]);
    }
  }
}
