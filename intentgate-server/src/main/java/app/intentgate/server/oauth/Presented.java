package app.intentgate.server.oauth;

import app.intentgate.check.Credential;

/**
 * What a request presents once access tokens were exchanged, and how a caller that does not prove
 * who it is is answered.
 *
 * @param credential what is judged
 * @param status the HTTP status of a refusal, for callers that understand it
 * @param challenge the value of {@code WWW-Authenticate} with it
 * @param knowsOAuth whether the caller showed that it understands these
 */
public record Presented(Credential credential, int status, String challenge, boolean knowsOAuth) {
  /** What is presented to a gate without OAuth. */
  public static Presented plain(Credential credential) {
    return new Presented(credential, 401, "Bearer", false);
  }
}
