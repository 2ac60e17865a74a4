/** Pins of tools in a database, held in memory by every gate that shares it. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.pin;
