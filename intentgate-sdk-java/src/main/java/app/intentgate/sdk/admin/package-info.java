/**
 * What operators do to a gate over HTTP: mint and revoke tokens, decide approvals, change policies,
 * read and verify the audit log, stop agents.
 */
@NullMarked
package app.intentgate.sdk.admin;

import org.jspecify.annotations.NullMarked;
