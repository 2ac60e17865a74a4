package app.intentgate.server.cli;

import app.intentgate.server.stdio.Bridge;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a client that speaks MCP over standard input and output use a gate. */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = {
      "Connect an MCP client that speaks over standard input and output to a gate.",
      "",
      "Standard output carries the protocol alone; what went wrong is told on standard error. Ends"
          + " when the client closes its side."
    },
    footer = {
      "",
      "The token is that of INTENTGATE_TOKEN, or of --token-file; without either none is"
          + " presented.",
      "",
      "Example, for the configuration of a desktop agent:",
      "  {\"command\": \"intentgate\", \"args\": [\"connect\", \"https://gate.example/v1/mcp\"],",
      "   \"env\": {\"INTENTGATE_TOKEN\": \"...\"}}"
    })
final class ConnectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "URL",
      description = "the gate's address; /v1/mcp is added to one without a path")
  private String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file with the token; read for each request, so that it can be renewed")
  private @Nullable Path tokenFile;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  ConnectCommand() {}

  @Override
  public Integer call() throws IOException {
    URI address = address(url);
    Supplier<@Nullable String> token = token();
    InputStream in = System.in;
    OutputStream out = System.out;
    PrintStream err = System.err;
    // Whatever else is printed must not come between the messages.
    System.setOut(err);
    Bridge bridge =
        new Bridge(address, token, out, sentence -> err.println("intentgate: " + sentence));
    Runtime.getRuntime().addShutdownHook(new Thread(bridge::close, "connect-stop"));
    bridge.run(in);
    return ExitCodes.OK;
  }

  private static URI address(String text) {
    try {
      URI given = new URI(text);
      boolean http =
          "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
      if (!http || given.getHost() == null || given.getRawUserInfo() != null) {
        throw new UsageException("URL must be an http or https address: " + text);
      }
      String path = given.getRawPath();
      return path == null || path.isEmpty() || path.equals("/")
          ? new URI(given.getScheme() + "://" + given.getRawAuthority() + "/v1/mcp")
          : given;
    } catch (URISyntaxException e) {
      throw new UsageException("URL must be an http or https address: " + text);
    }
  }

  private Supplier<@Nullable String> token() throws IOException {
    Path file = tokenFile;
    if (file == null) {
      String given = System.getenv("INTENTGATE_TOKEN");
      String token = given == null || given.isBlank() ? null : given.strip();
      checked("INTENTGATE_TOKEN", token);
      return () -> token;
    }
    // Unreadable now is an error that can be told; later the gate refuses.
    checked(file.toString(), read(file));
    return () -> {
      try {
        return read(file);
      } catch (IOException e) {
        return null;
      }
    };
  }

  private static void checked(String where, @Nullable String token) {
    if (token != null && !Bridge.isToken(token)) {
      throw new UsageException(
          where + " holds no token: there is white space in it, or another character none has");
    }
  }

  private static @Nullable String read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? null : text;
  }
}
