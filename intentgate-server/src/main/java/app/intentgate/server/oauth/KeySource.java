package app.intentgate.server.oauth;

import java.util.concurrent.CompletionStage;

/** Where the keys of an issuer come from. */
@FunctionalInterface
interface KeySource {
  /** Asks for the keys, without blocking; fails when they cannot be had. */
  CompletionStage<KeySet> fetch();
}
