package app.intentgate.server.config;

import java.net.InetAddress;
import java.util.Set;

/**
 * Where the gate listens.
 *
 * @param host a name or address; empty for every interface
 * @param port 0 to 65535; 0 takes a free one
 */
public record ListenAddress(String host, int port) {
  private static final Set<String> EVERY = Set.of("", "0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  /**
   * {@code host:port}, {@code [v6]:port} or {@code :port}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    String port = text.substring(colon + 1);
    if (colon < 0
        || port.isEmpty()
        || port.length() > 5
        || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException();
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new Setting.Refused("an IPv6 address goes in brackets");
    }
    int number = Integer.parseInt(port);
    if (number > 65535 || host.chars().anyMatch(c -> c <= ' ' || c == '/')) {
      throw new IllegalArgumentException();
    }
    return new ListenAddress(host, number);
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    InetAddress address = AddressRange.literal(host);
    return address == null
        ? host.equalsIgnoreCase("localhost") || host.startsWith("127.")
        : address.isLoopbackAddress();
  }

  /**
   * Where a program of this machine reaches what listens here.
   *
   * @param actual the port that it got
   */
  public ListenAddress reached(int actual) {
    return new ListenAddress(EVERY.contains(host) ? "127.0.0.1" : host, actual);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
