package app.intentgate.server;

import app.intentgate.server.exchange.FastStart;
import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The program as a process that is spoken to in lines. */
final class LineClient implements AutoCloseable {
  private final Process process;
  private final OutputStream to;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private LineClient(Process process, Path errors) {
    this.process = process;
    this.to = process.getOutputStream();
    this.errors = errors;
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader from =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                  lines.add(line);
                }
              } catch (IOException e) {
                lines.add("broken " + e);
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  /** The words of a Java program on this class path. */
  static List<String> java(String main, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    if (main.equals(Main.class.getName())) {
      command.addAll(FastStart.options());
    } else {
      command.addAll(
          List.of(
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path")));
    }
    command.add(main);
    command.addAll(List.of(words));
    return command;
  }

  /** Starts the program. */
  static LineClient start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    Path errors = directory.resolve("stderr.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INTENTGATE_"));
    builder.environment().putAll(environment);
    return new LineClient(builder.start(), errors);
  }

  Process process() {
    return process;
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  LineClient send(String line) throws IOException {
    to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    to.flush();
    return this;
  }

  /** The next message; fails when none comes. */
  JsonNode next() throws Exception {
    String line = lines.poll(40, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no message came; stderr:\n" + errors());
    }
    return Vectors.JSON.readTree(line);
  }

  /** The next message with an id, which others may come before. */
  JsonNode answer(String id) throws Exception {
    JsonNode message = next();
    while (!message.path("id").toString().equals(id) || message.has("method")) {
      message = next();
    }
    return message;
  }

  /** Opens a session. */
  LineClient initialize() throws Exception {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":{}},"
            + "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");
    answer("0");
    return send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  LineClient call(int id, String tool, String meta) throws IOException {
    return send(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":{}"
            + meta
            + "}}");
  }

  /** Closes its input. */
  void leave() throws IOException {
    to.close();
  }

  /** Its exit code; fails when it does not end. */
  int exitCode() throws Exception {
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new AssertionError("it goes on; stderr:\n" + errors());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
