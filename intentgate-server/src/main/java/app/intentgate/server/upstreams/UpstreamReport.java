package app.intentgate.server.upstreams;

import app.intentgate.server.config.UpstreamEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tool server at a moment. Holds nothing that the server wrote but names.
 *
 * @param server which
 * @param status {@code up}, {@code down}, or {@code unknown} while nothing was asked
 * @param failures how many exchanges failed since one succeeded
 * @param lastSuccess when it last answered, or null
 * @param lastFailure when it last did not, or null
 * @param lastError why not, or null
 * @param tools the names of its tools, as judged; null while no list came
 */
public record UpstreamReport(
    UpstreamEntry server,
    String status,
    int failures,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    @Nullable String lastError,
    @Nullable List<String> tools) {}
