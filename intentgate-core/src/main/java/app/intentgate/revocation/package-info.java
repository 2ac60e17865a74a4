/**
 * Taking authority back: revoked tokens and kill switches, with their store interfaces. Both are
 * asked on every call and answer from memory, without a lock shared by all calls.
 */
package app.intentgate.revocation;
