/**
 * Calls whose stream ended before their answer came. The answer may come on another stream, which
 * any gate of the same store may be the one to relay.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.opencall;
