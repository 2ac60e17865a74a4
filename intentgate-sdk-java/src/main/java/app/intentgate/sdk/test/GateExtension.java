package app.intentgate.sdk.test;

import app.intentgate.IntentGate;
import app.intentgate.IntentGateBuilder;
import app.intentgate.policy.RegoPolicyEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Makes the gates of {@link GateTest}. Register it by hand, with {@code @RegisterExtension}, to
 * build them otherwise: {@code GateExtension.with(gate -> gate.clock(clock))}.
 */
public final class GateExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(GateExtension.class);

  private final Consumer<IntentGateBuilder> settings;

  /** Gates as {@link GateTest} describes them. */
  public GateExtension() {
    this(builder -> {});
  }

  private GateExtension(Consumer<IntentGateBuilder> settings) {
    this.settings = settings;
  }

  /** Gates with further settings. */
  public static GateExtension with(Consumer<IntentGateBuilder> settings) {
    return new GateExtension(settings);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == TestGate.class;
  }

  @Override
  @SuppressWarnings("deprecation") // the method that JUnit 5 and 6 both have
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    // The store closes what is closeable when the test is over.
    return Objects.requireNonNull(
        test.getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                TestGate.class, key -> new TestGate(build(test)), TestGate.class));
  }

  private IntentGate build(ExtensionContext test) {
    IntentGateBuilder builder = IntentGate.builder();
    String policy = policy(test);
    if (!policy.isEmpty()) {
      boolean resource = policy.startsWith("/");
      String source = resource ? read(test.getRequiredTestClass(), policy) : policy;
      String name = resource ? policy.substring(1) : "test.rego";
      builder.policy(RegoPolicyEngine.compile(name, source, "test"));
    }
    settings.accept(builder);
    return builder.build();
  }

  /** Of the method, else of the innermost class that says one. */
  private static String policy(ExtensionContext test) {
    Optional<ExtensionContext> at = Optional.of(test);
    while (at.isPresent()) {
      String policy =
          at.flatMap(ExtensionContext::getElement)
              .map(element -> element.getAnnotation(GateTest.class))
              .map(GateTest::policy)
              .orElse("");
      if (!policy.isEmpty()) {
        return policy;
      }
      at = at.flatMap(ExtensionContext::getParent);
    }
    return "";
  }

  private static String read(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no policy " + resource + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
