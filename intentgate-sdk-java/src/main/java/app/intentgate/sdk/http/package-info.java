/** HTTP as the clients need it: bounded bodies, event streams, deadlines. Not exported. */
@NullMarked
package app.intentgate.sdk.http;

import org.jspecify.annotations.NullMarked;
