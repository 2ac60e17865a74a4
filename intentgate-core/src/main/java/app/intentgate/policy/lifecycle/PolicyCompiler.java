package app.intentgate.policy.lifecycle;

import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.policy.lifecycle.PolicyChangeException.Code;
import app.intentgate.policy.lint.PolicyModule;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Turns sources into policies that can be in force. Immutable and thread-safe. */
public final class PolicyCompiler {
  /** The name of a draft's source in errors. */
  public static final String FILE = "intentgate_policy.rego";

  /** What policies in force that come from a draft are labelled. */
  public static final String LABEL = "draft";

  private final Duration deadline;

  /** A compiler of policies that may take so long for a decision. */
  public PolicyCompiler(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * Compiles a source that must define the decision (B18).
   *
   * @throws PolicyChangeException with every error and its place, when it cannot be in force
   */
  public RegoPolicyEngine compile(String source) {
    return compile(source, "rego compile error: ");
  }

  /**
   * The same for a candidate that nobody saved.
   *
   * @throws PolicyChangeException with every error and its place, when it cannot be in force
   */
  public RegoPolicyEngine compileCandidate(String source) {
    return compile(source, "policy: compile candidate: ");
  }

  private RegoPolicyEngine compile(String source, String prefix) {
    RegoPolicyEngine engine;
    try {
      engine = RegoPolicyEngine.compile(FILE, source, LABEL, deadline);
    } catch (RegoCompileException e) {
      throw refused(prefix, e.errors());
    } catch (IllegalArgumentException e) {
      throw PolicyChangeException.invalid(prefix + e.getMessage());
    }
    if (!definesDecision(source)) {
      String missing = "the module does not define " + RegoPolicyEngine.QUERY;
      throw refused(
          prefix, List.of(RegoError.of(ErrorCode.COMPILE, Location.of(FILE, 1, 1), missing)));
    }
    return engine;
  }

  /** Whether a source defines the decision; one that does not denies every call. */
  public static boolean definesDecision(String source) {
    return PolicyModule.parse(FILE, source).map(PolicyModule::definesDecision).orElse(false);
  }

  static PolicyChangeException refused(String prefix, List<RegoError> errors) {
    String text =
        errors.stream().map(PolicyCompiler::textOf).collect(Collectors.joining("\n", prefix, ""));
    return new PolicyChangeException(Code.INVALID, text, errors);
  }

  private static String textOf(RegoError error) {
    Location at = error.location();
    String place = at.isNone() ? "" : at.file() + ":" + at.row() + ":" + at.col() + ": ";
    return place + error.code() + ": " + error.message();
  }

  /** The SHA-256 of a source, as decisions are recorded with it. */
  public static String sha256(String source) {
    try {
      byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
