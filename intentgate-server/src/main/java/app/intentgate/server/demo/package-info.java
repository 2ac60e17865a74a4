/**
 * The demonstration: a gate and a small tool server on free ports, calls that meet each check, and
 * an audit log tampered with. Everything it shows happens over HTTP on a real gate.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.server.demo;
