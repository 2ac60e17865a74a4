package app.intentgate.file;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileApprovalStoreTest extends ApprovalStoreContract {
  @TempDir Path folder;

  private FileStateStore state;

  @BeforeEach
  void open() {
    state = FileStateStore.open(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Override
  protected ApprovalStore store() {
    return state.approvals();
  }
}
