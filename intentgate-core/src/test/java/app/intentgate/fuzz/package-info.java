/** What fuzz tests of all modules share: kept inputs, and runs of Jazzer in a JVM of their own. */
@NullMarked
package app.intentgate.fuzz;

import org.jspecify.annotations.NullMarked;
