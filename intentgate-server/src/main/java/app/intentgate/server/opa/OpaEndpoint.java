package app.intentgate.server.opa;

import app.intentgate.server.config.HeaderLine;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which document of which OPA decides.
 *
 * @param base OPA's address
 * @param path the document's path, with slashes
 * @param credential the header sent with every question, or null
 * @param timeout the longest exchange, connecting included
 */
public record OpaEndpoint(
    URI base, String path, @Nullable HeaderLine credential, Duration timeout) {
  /** What is asked: the document with the bundles that it came from. */
  URI uri() {
    return URI.create(document() + "?provenance=true");
  }

  /** The document's address, for operators and for the hash that decisions carry. */
  String document() {
    String address = base.toString();
    String root = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    String segments =
        Arrays.stream(path.split("/"))
            .map(s -> URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    return root + "/v1/data/" + segments;
  }

  String sha256() {
    try {
      byte[] text = ("opa " + document()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
