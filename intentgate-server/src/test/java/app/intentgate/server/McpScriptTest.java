package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Official MCP clients, servers and the conformance suite in front of the packaged gate. Takes
 * minutes and package registries, so it runs only when asked for.
 */
class McpScriptTest {
  private static final long MINUTES = 30;

  @Test
  void officialSoftwareSeesNoDifferenceThroughTheGate() throws Exception {
    assumeTrue(
        Boolean.getBoolean("intentgate.mcp.script"),
        "runs with -Dintentgate.mcp.script=true; needs the packaged gate, npm and Python");
    Path log = Path.of("target", "mcp-script.log");
    Process script =
        new ProcessBuilder("bash", "src/it/mcp/run.sh")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(script.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends; see %s", log).isTrue();
      assertThat(script.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      script.descendants().forEach(ProcessHandle::destroy);
      script.destroy();
    }
  }
}
