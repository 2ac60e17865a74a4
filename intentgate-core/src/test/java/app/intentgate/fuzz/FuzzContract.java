package app.intentgate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What must hold of one reader of foreign bytes, whatever the bytes. Every kept input is tried on
 * every run; Jazzer looks for new ones for {@code -Dintentgate.fuzz.seconds=N}, guided by the code
 * they reach. With {@code -Dintentgate.fuzz.keep=true} those that reach further are kept.
 */
@Timeout(36_000)
public abstract class FuzzContract {
  private static final int SECONDS = Integer.getInteger("intentgate.fuzz.seconds", 0);

  private final String name;

  /**
   * A target.
   *
   * @param name of the file with its kept inputs
   */
  protected FuzzContract(String name) {
    this.name = name;
  }

  /**
   * Gives the bytes to what is tested, and checks all that must be true of it then.
   *
   * @throws AssertionError when something is not; whatever else comes out is a finding as well
   */
  protected abstract void tryInput(byte[] input) throws Exception;

  /** Inputs to look from beside the kept ones: such as are generated, or golden data. */
  protected List<byte[]> seeds() {
    return List.of();
  }

  /** Words that mean something to what is tested, for inputs to be put together from. */
  protected List<String> words() {
    return List.of();
  }

  /** The bytes of a text. */
  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void what_was_found_once_holds() {
    List<byte[]> kept = KeptInputs.of(name);
    assertThat(kept).isNotEmpty();
    for (byte[] input : kept) {
      try {
        tryInput(input.clone());
      } catch (Throwable e) {
        throw new AssertionError("with the input " + KeptInputs.write(input), e);
      }
    }
  }

  @Test
  void nothing_new_is_found() throws Exception {
    assumeTrue(SECONDS > 0, "-Dintentgate.fuzz.seconds=0");
    assumeTrue(JazzerProcess.runsHere(), "Jazzer has no library for this platform");
    JazzerProcess jazzer = new JazzerProcess(getClass(), name);
    List<byte[]> known = new ArrayList<>(KeptInputs.of(name));
    known.addAll(seeds());
    jazzer.start(known, words());
    jazzer.fuzz(SECONDS);
    if (Boolean.getBoolean("intentgate.fuzz.keep")) {
      jazzer.keep();
    }
  }
}
