package app.intentgate.check;

import java.util.List;

/** Finds the token in an {@code Authorization} header (contract 1.4, B13, B48). */
final class BearerHeader {
  private static final String SCHEME = "Bearer ";

  private BearerHeader() {}

  /** What the values of a request's header present; the scheme alone presents nothing. */
  static Credential read(List<String> values) {
    if (values.size() > 1) {
      return new Credential.Unusable("more than one Authorization header");
    }
    String value = values.isEmpty() ? "" : values.get(0);
    if (value.isBlank()) {
      return Credential.NONE;
    }
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Credential.Unusable("expected \"Bearer <token>\" Authorization header");
    }
    String token = trim(value.substring(SCHEME.length()));
    return token.isEmpty() ? Credential.NONE : new Credential.Bearer(token);
  }

  /** Cuts off what Unicode calls white space. */
  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == '\u0085';
  }
}
