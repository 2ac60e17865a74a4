/**
 * A policy that a running OPA evaluates: asked over its data API, with nothing of its answer taken
 * on trust.
 */
package app.intentgate.server.opa;
