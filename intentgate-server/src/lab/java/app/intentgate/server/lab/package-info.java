/**
 * The load lab: servers to compare the gate with, a load generator, and the comparison itself. Not
 * part of any jar; {@code docs/performance.md} has the commands.
 */
@NullMarked
package app.intentgate.server.lab;

import org.jspecify.annotations.NullMarked;
