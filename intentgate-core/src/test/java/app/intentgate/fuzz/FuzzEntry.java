package app.intentgate.fuzz;

import java.lang.reflect.Constructor;

/** Where Jazzer enters: hands inputs on to the target that its first argument names. */
public final class FuzzEntry {
  private static FuzzContract target;

  private FuzzEntry() {}

  /** Called by Jazzer once, with the name of a subclass of {@link FuzzContract}. */
  public static void fuzzerInitialize(String[] args) throws ReflectiveOperationException {
    Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    target = (FuzzContract) constructor.newInstance();
  }

  /** Called by Jazzer with every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.tryInput(input);
  }
}
