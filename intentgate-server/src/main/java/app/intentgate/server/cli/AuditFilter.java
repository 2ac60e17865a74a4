package app.intentgate.server.cli;

import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which events. */
final class AuditFilter {
  @Mixin private WhoseCalls whose = new WhoseCalls();

  @Option(names = "--from", paramLabel = "TIME", converter = Time.class, description = "since then")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "until then")
  private @Nullable Instant to;

  @Option(
      names = "--decision",
      paramLabel = "allow|block|escalate",
      description = "with one decision")
  private String decision = "";

  @Option(names = "--check", paramLabel = "NAME", description = "decided by one check")
  private String check = "";

  @Option(names = "--jti", paramLabel = "ID", description = "of one token")
  private String jti = "";

  @Option(names = "--call", paramLabel = "ID", description = "of one call")
  private String call = "";

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  AuditFilter() {}

  AuditQueryBuilder query() {
    return AuditQuery.builder()
        .from(from)
        .to(to)
        .agentId(whose.agent)
        .tool(whose.tool)
        .decision(decision)
        .check(check)
        .jti(jti)
        .callId(call)
        .tenant(whose.tenant);
  }

  /** Reads {@code 2026-01-02T15:04:05Z}. */
  static final class Time implements ITypeConverter<Instant> {
    Time() {}

    @Override
    public Instant convert(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "\"" + text + "\" is no time; write 2026-01-02T15:04:05Z");
      }
    }
  }
}
