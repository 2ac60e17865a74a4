package app.intentgate.sdk.http;

import java.net.URI;
import java.net.URISyntaxException;

/** A gate's address as a caller gives it. A password in it is refused and never repeated. */
public final class GateAddress {
  private GateAddress() {}

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none, see {@link #checked}
   */
  public static URI parse(String address) {
    try {
      return checked(new URI(address));
    } catch (URISyntaxException e) {
      // Its message holds the address.
      throw new IllegalArgumentException(
          "url is no address: " + e.getReason() + " at index " + e.getIndex());
    }
  }

  /**
   * The address itself.
   *
   * @throws IllegalArgumentException unless it is {@code http://} or {@code https://} and a host,
   *     without a user
   */
  public static URI checked(URI address) {
    if (!String.valueOf(address.getScheme()).matches("https?") || address.getHost() == null) {
      String said = address.toString();
      throw new IllegalArgumentException(
          "url is http:// or https:// and a host" + (said.contains("@") ? "" : ", not " + said));
    }
    if (address.getRawUserInfo() != null) {
      throw new IllegalArgumentException("url holds a user or password: give a token instead");
    }
    return address;
  }
}
