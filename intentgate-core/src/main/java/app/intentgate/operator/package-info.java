/**
 * Who operates a gate: accounts with a role and a scope, known by a token of which only a hash is
 * kept (B41), with their store interface.
 */
package app.intentgate.operator;
