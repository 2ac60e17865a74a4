package app.intentgate.jdbc.feed;

/**
 * How a gate's feed is.
 *
 * @param fresh whether what is held in memory may be relied on
 * @param ageMillis how long ago it was last known to be up to date
 * @param connects how often the feed has connected
 */
public record FeedHealth(boolean fresh, long ageMillis, long connects) {
  /** Where no other gate can change anything. */
  public static final FeedHealth ALONE = new FeedHealth(true, 0, 0);
}
