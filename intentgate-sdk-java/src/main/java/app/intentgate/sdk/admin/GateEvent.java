package app.intentgate.sdk.admin;

/**
 * One event of a stream.
 *
 * @param id where a later stream goes on after it; may be empty
 * @param name its name; may be empty
 * @param data what it says, JSON
 */
public record GateEvent(String id, String name, String data) {}
