/**
 * What a policy decides: the engine interface, the Rego engine behind it, the input document, the
 * decision document, and which policy holds for which tenant.
 */
package app.intentgate.policy;
