/**
 * The command line beside {@code serve}: keys, tokens, policies, audit files and the demo. Not
 * loaded by a gate that starts.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.server.cli;
