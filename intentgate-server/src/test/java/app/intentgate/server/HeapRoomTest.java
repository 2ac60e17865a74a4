package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapRoomTest {
  /** A program, since what it changes is the whole JVM's. */
  public static final class Program {
    private Program() {}

    /** Says what the options are once the heap has its room. */
    public static void main(String[] args) {
      HeapRoom.keep();
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      System.out.print(
          jvm.getVMOption("MinHeapFreeRatio").getValue()
              + " "
              + jvm.getVMOption("MaxHeapFreeRatio").getValue());
    }
  }

  @TempDir Path directory;

  @Test
  void a_gate_keeps_room_for_short_lived_objects() throws Exception {
    assertThat(options("-Xmx512m")).isEqualTo("85 95");
  }

  @Test
  void a_small_heap_stays_as_the_jvm_sizes_it() throws Exception {
    assertThat(options("-Xmx128m")).isEqualTo("40 70");
  }

  @Test
  void what_the_operator_says_stays() throws Exception {
    assertThat(options("-Xmx512m", "-XX:MaxHeapFreeRatio=60")).isEqualTo("40 60");
  }

  private String options(String... jvm) throws Exception {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(Arrays.asList(jvm));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName()));
    Path out = directory.resolve("out");
    Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(out);
  }
}
