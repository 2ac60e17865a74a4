package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeHeapTest {
  @Test
  void memoryIsGivenBackWhereTheJvmHasTheCommandForIt() throws Exception {
    boolean able =
        Arrays.stream(
                ManagementFactory.getPlatformMBeanServer()
                    .getMBeanInfo(new ObjectName("com.sun.management:type=DiagnosticCommand"))
                    .getOperations())
            .anyMatch(operation -> operation.getName().equals("systemTrimNativeHeap"));
    NativeHeap heap = new NativeHeap();

    assertThat(heap.trim()).isEqualTo(able);
    assertThat(heap.trim()).as("again").isEqualTo(able);
  }

  /** The JVMs that the project is built with; another C library has another way, or none. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void itIsOnLinuxWithGlibc() throws Exception {
    boolean glibc = Files.readString(Path.of("/proc/self/maps")).contains("/libc.so.6");

    assertThat(new NativeHeap().trim()).isEqualTo(glibc);
  }
}
