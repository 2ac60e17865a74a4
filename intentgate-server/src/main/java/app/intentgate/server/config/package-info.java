/**
 * What the operator decides before the start: environment variables, read once into an immutable
 * {@link app.intentgate.server.config.Config}, and the secrets kept in files of the data directory.
 * Every variable is one row of one table; the documentation is tested against it.
 */
@NullMarked
package app.intentgate.server.config;

import org.jspecify.annotations.NullMarked;
