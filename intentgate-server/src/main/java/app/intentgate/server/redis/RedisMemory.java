package app.intentgate.server.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;

/** What a Redis says about itself by which it would forget budgets. */
final class RedisMemory {
  private RedisMemory() {}

  /** Sentences for the operator; none when it keeps what it is told, or does not say. */
  static List<String> warnings(RedisCommands<String, String> redis) {
    List<String> warnings = new ArrayList<>();
    try {
      String memory = redis.info("memory");
      if (!memory.contains("maxmemory_policy:noeviction")
          && memory.contains("maxmemory_policy:")
          && !memory.contains("maxmemory:0\r")) {
        warnings.add(
            "Redis may evict budgets when its memory is full, and calls would be granted again:"
                + " set maxmemory-policy noeviction");
      }
      if (redis.info("persistence").contains("aof_enabled:0")) {
        warnings.add(
            "Redis forgets budgets when it is started anew, and calls would be granted again: set"
                + " appendonly yes");
      }
    } catch (RedisException e) {
      // An account that may run scripts alone; docs/redis.md says what it has to be asked.
      return warnings;
    }
    return warnings;
  }
}
