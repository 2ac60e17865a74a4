/** Faults: real gates and databases, killed or frozen under load. */
@org.jspecify.annotations.NullMarked
package app.intentgate.server.fault;
