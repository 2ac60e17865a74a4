package app.intentgate.testing;

/**
 * What one operation does to a sequential model.
 *
 * @param next the model after it; the same one when it changed nothing
 * @param answer what the caller is told, in words
 */
public record Step<S>(S next, String answer) {}
