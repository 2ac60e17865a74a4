/**
 * What every route shares: which routes there are, the check of browser origins, reading a bounded
 * body without blocking, and writing small answers.
 */
@NullMarked
package app.intentgate.server.http;

import org.jspecify.annotations.NullMarked;
