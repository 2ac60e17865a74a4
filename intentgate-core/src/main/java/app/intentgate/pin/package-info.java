/**
 * What tools looked like when they were agreed to: a tool whose description or schema changes
 * afterwards, or that is new, is held back until an operator accepts it.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.pin;
