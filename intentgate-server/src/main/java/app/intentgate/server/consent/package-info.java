/**
 * The page on which the person behind an agent agrees to one call, under a link that works for that
 * call alone.
 */
@NullMarked
package app.intentgate.server.consent;

import org.jspecify.annotations.NullMarked;
