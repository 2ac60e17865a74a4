/**
 * The operators' routes: who may use them, in which tenant, and each route's reading of its request
 * and writing of its answer. What they do is the core's.
 */
@NullMarked
package app.intentgate.server.admin;

import org.jspecify.annotations.NullMarked;
