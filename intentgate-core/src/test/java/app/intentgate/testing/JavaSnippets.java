package app.intentgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The Java that documents show, compiled as it stands: each block is the body of a method {@code
 * run} of a class of its own, or a member of that class where it begins with an annotation or is a
 * class itself.
 */
public final class JavaSnippets {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");

  private final String head;
  private final String given;
  private final List<String> blocks = new ArrayList<>();

  /**
   * Of no document yet.
   *
   * @param imports what the blocks may use without a package: {@code java.util.*}
   * @param given the members that they find in their class
   */
  public JavaSnippets(List<String> imports, String given) {
    StringBuilder lines = new StringBuilder();
    imports.forEach(name -> lines.append("import ").append(name).append(";\n"));
    this.head = lines.toString();
    this.given = given;
  }

  /** A document of the checkout. */
  public static String document(String path) throws IOException {
    Path root = Path.of(System.getProperty("intentgate.basedir", ".."));
    return Files.readString(root.resolve(path));
  }

  /** What stands below a heading, up to the next one of its level. */
  public static String section(String text, String heading) {
    int from = text.indexOf("\n" + heading + "\n");
    assertThat(from).as(heading).isNotNegative();
    String mark = "\n" + heading.substring(0, heading.indexOf(' ') + 1);
    int to = text.indexOf(mark, from + heading.length());
    return text.substring(from, to < 0 ? text.length() : to);
  }

  /** With every block of a text. */
  public JavaSnippets of(String text) {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return this;
  }

  /** With one more block. */
  public JavaSnippets block(String code) {
    blocks.add(code);
    return this;
  }

  /** How many there are. */
  public int size() {
    return blocks.size();
  }

  /** Compiles all of them, which must work; the classes lie in the folder afterwards. */
  public void compile(Path folder) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      sources.add(source(i));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    String classPath = System.getProperty("java.class.path");
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of("-proc:none", "-d", folder.toString(), "-classpath", classPath);
      boolean compiled = compiler.getTask(problems, files, null, options, null, sources).call();
      assertThat(compiled).as(problems.toString()).isTrue();
    }
  }

  private JavaFileObject source(int index) {
    String code = blocks.get(index);
    boolean member = code.startsWith("@") || code.startsWith("class ");
    String body = member ? "static " + code : "static void run() throws Exception {\n" + code + "}";
    String text = head + "class Snippet" + index + " {\n" + given + "\n" + body + "\n}\n";
    return new SimpleJavaFileObject(
        URI.create("string:///Snippet" + index + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  /**
   * Runs the one block that says something, after all were compiled into the folder.
   *
   * @param values what some of the given members are to be
   */
  public void run(Path folder, String saying, Map<String, ?> values) throws Exception {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).contains(saying)) {
        found.add(i);
      }
    }
    assertThat(found).as("blocks that say %s", saying).hasSize(1);
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      Class<?> snippet = loader.loadClass("Snippet" + found.get(0));
      for (Map.Entry<String, ?> value : values.entrySet()) {
        Field field = snippet.getDeclaredField(value.getKey());
        field.setAccessible(true);
        field.set(null, value.getValue());
      }
      Method run = snippet.getDeclaredMethod("run");
      run.setAccessible(true);
      run.invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
