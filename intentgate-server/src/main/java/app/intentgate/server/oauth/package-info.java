/**
 * Callers that prove who they are by an OAuth access token: JWTs of configured issuers are verified
 * under the issuers' own keys and exchanged, by the operator's rules, for a capability that this
 * gate signs itself. What follows sees nothing but that capability.
 */
@NullMarked
package app.intentgate.server.oauth;

import org.jspecify.annotations.NullMarked;
