/**
 * A policy that a running OPA evaluates: asked over its data API, with nothing of its answer taken
 * on trust.
 */
@NullMarked
package app.intentgate.server.opa;

import org.jspecify.annotations.NullMarked;
