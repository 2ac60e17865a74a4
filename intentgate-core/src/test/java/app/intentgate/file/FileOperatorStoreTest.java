package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.memory.MemoryOperatorStore;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import app.intentgate.operator.OperatorStoreContract;
import app.intentgate.operator.Role;
import app.intentgate.operator.TokenHash;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOperatorStoreTest extends OperatorStoreContract {
  @TempDir Path folder;
  private FileStateStore state;

  @BeforeEach
  void open() {
    state = FileStateStore.open(folder, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Override
  protected OperatorStore store() {
    return state.operators();
  }

  @Override
  protected OperatorStore again() {
    state.close();
    open();
    return state.operators();
  }

  @Test
  void the_last_line_of_an_account_is_its_last_change() {
    OperatorAccount made =
        new OperatorAccount(
            "a",
            "name",
            Role.OPERATOR,
            "acme",
            "agent-a",
            Instant.EPOCH,
            null,
            null,
            TokenHash.of("token"),
            null);
    OperatorAccount rotated = made.rotated(TokenHash.of("next"), Instant.EPOCH.plusSeconds(60));
    OperatorAccount revoked = rotated.revoked(Instant.EPOCH);
    Overtaking log = new Overtaking();
    FileOperatorStore operators = new FileOperatorStore(new MemoryOperatorStore(), log);
    operators.create(made).toCompletableFuture().join();
    log.with(() -> operators.replace(rotated, revoked));
    operators.replace(made, rotated).toCompletableFuture().join();

    assertThat(log.lines()).last().isEqualTo(OperatorLines.of(revoked));
    assertThat(operators.find("a")).isEqualTo(revoked);
  }
}
