package app.intentgate.token;

import app.intentgate.text.GoText;
import app.intentgate.token.TokenException.Code;
import java.util.Arrays;
import java.util.List;

/**
 * The tool patterns of one caveat, in order. Immutable and thread-safe.
 *
 * @param patterns the patterns, as they are signed
 */
public record ToolPatterns(List<ToolPattern> patterns) {
  /** No patterns. */
  public static final ToolPatterns NONE = new ToolPatterns(List.of());

  /** Copies the list. */
  public ToolPatterns {
    patterns = List.copyOf(patterns);
  }

  /** The patterns these texts write. */
  public static ToolPatterns of(List<String> texts) {
    if (texts.isEmpty()) {
      return NONE;
    }
    ToolPattern[] patterns = new ToolPattern[texts.size()];
    Arrays.setAll(patterns, i -> ToolPattern.of(texts.get(i)));
    return new ToolPatterns(List.of(patterns));
  }

  /** The texts, as they are signed. */
  public List<String> texts() {
    return patterns.stream().map(ToolPattern::text).toList();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether one of them is {@linkplain ToolPattern#isMalformed malformed}. */
  public boolean hasMalformed() {
    for (ToolPattern pattern : patterns) {
      if (pattern.isMalformed()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a tool's name matches one of them. */
  public boolean matches(String tool) {
    for (ToolPattern pattern : patterns) {
      if (pattern.matches(tool)) {
        return true;
      }
    }
    return false;
  }

  /** These patterns, when none is malformed (B10). */
  ToolPatterns orThrow() {
    for (ToolPattern pattern : patterns) {
      if (pattern.isMalformed()) {
        throw new TokenException(
            Code.INVALID_PATTERN,
            "malformed tool pattern "
                + GoText.quote(pattern.text())
                + ": close each [ with ], name a range as a-z, and let a character follow each \\");
      }
    }
    return this;
  }
}
