/**
 * What the gate remembers, as the configuration asks: in memory or in files of the data directory;
 * and the copy of each event on standard output.
 */
@NullMarked
package app.intentgate.server.stores;

import org.jspecify.annotations.NullMarked;
