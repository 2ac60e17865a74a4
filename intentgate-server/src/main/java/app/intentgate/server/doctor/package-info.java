/** Says what is wrong with a configuration, a data directory or a database, and what to do. */
@NullMarked
package app.intentgate.server.doctor;

import org.jspecify.annotations.NullMarked;
