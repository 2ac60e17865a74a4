/** A JVM product that asks a gate of its own before it lets an agent use its methods. */
@org.jspecify.annotations.NullMarked
package app.intentgate.examples.embedded;
