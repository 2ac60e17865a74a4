package app.intentgate.server.config;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of several tool servers.
 *
 * @param name what it is called where its tools are judged and audited
 * @param url its address
 * @param prefix what its names begin with where clients see them
 * @param rename names of its tools that clients see under other names
 * @param tenants whose calls may go there; empty for everybody's
 * @param credential the header sent with everything that goes there, or null
 * @param timeoutMs the longest exchange, or null for {@code INTENTGATE_UPSTREAM_TIMEOUT_MS}
 */
public record UpstreamEntry(
    String name,
    URI url,
    String prefix,
    Map<String, String> rename,
    Set<String> tenants,
    @Nullable HeaderLine credential,
    @Nullable Long timeoutMs) {}
