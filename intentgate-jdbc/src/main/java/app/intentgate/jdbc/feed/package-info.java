/**
 * How a gate's memory follows the database: every change of a topic takes the next version of that
 * topic, gates hear of it by notification and ask for it by polling, and a gate that has not heard
 * for too long knows that it may be out of date.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.feed;
