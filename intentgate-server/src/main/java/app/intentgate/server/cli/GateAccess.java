package app.intentgate.server.cli;

import app.intentgate.sdk.admin.AdminClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which gate, and as whom. A token is never an argument: arguments are seen by every user of the
 * machine.
 */
final class GateAccess {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the gate; else INTENTGATE_URL, else " + DEFAULT_URL)
  private @Nullable String url;

  @Option(
      names = "--admin-token-file",
      paramLabel = "FILE",
      description = "the operator's token; else INTENTGATE_ADMIN_TOKEN")
  private @Nullable Path tokenFile;

  GateAccess() {}

  /** A client; warns when the token would cross a network in the clear. */
  AdminClient connect(PrintWriter err) throws IOException {
    return connect(System.getenv(), err);
  }

  AdminClient connect(Map<String, String> environment, PrintWriter err) throws IOException {
    String address = address(environment);
    String token = token(environment);
    AdminClient client;
    try {
      client = AdminClient.builder().url(address).token(token).build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    if (inTheClear(URI.create(address))) {
      err.println("warning: the token goes to " + address + " in the clear; use https://");
    }
    return client;
  }

  /** Where the gate is. */
  String address() {
    return address(System.getenv());
  }

  private String address(Map<String, String> environment) {
    return url != null ? url : environment.getOrDefault("INTENTGATE_URL", DEFAULT_URL);
  }

  private String token(Map<String, String> environment) throws IOException {
    Path file = tokenFile;
    String token =
        (file == null ? environment.getOrDefault("INTENTGATE_ADMIN_TOKEN", "") : Inputs.text(file))
            .strip();
    if (token.isEmpty()) {
      throw new UsageException(
          file != null
              ? file + " is empty"
              : "no operator's token: give --admin-token-file FILE or set INTENTGATE_ADMIN_TOKEN;"
                  + " a gate without one configured made one, in admin.token of its data"
                  + " directory");
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new UsageException("the operator's token is one word of ASCII on one line");
    }
    return token;
  }

  private static boolean inTheClear(URI address) {
    String host = address.getHost();
    if (!"http".equals(address.getScheme()) || host == null || host.equals("localhost")) {
      return false;
    }
    try {
      // Names are not looked up: that may take long, and only addresses can be loopback ones.
      return !host.matches("[\\d.]+|\\[.*]") || !InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException e) {
      return true;
    }
  }
}
