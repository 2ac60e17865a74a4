/** The thin server around the core: it translates, it does not decide. */
@org.jspecify.annotations.NullMarked
package app.intentgate.server;
