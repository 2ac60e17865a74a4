/**
 * The pins of the tools behind the gate: under which names they are known, and the file of them.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.server.pin;
