package app.intentgate.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a module offers to those who use it: one line for each exported class and member. */
public final class ApiDump {
  private ApiDump() {}

  /**
   * The lines of a module.
   *
   * @param classes the folder of its compiled classes
   */
  public static List<String> of(Path classes) {
    List<String> lines = new ArrayList<>();
    for (String exported : exportedPackages(classes)) {
      for (Class<?> each : publicClasses(classes, exported)) {
        describe(each, lines);
      }
    }
    return lines;
  }

  /** All of them where a module is only one by its name. */
  private static TreeSet<String> exportedPackages(Path classes) {
    Path descriptor = classes.resolve("module-info.class");
    if (!Files.exists(descriptor)) {
      return packages(classes);
    }
    try (InputStream in = Files.newInputStream(descriptor)) {
      return ModuleDescriptor.read(in).exports().stream()
          .filter(e -> !e.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TreeSet<String> packages(Path classes) {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> classes.relativize(file.getParent()).toString().replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Class<?>> publicClasses(Path classes, String name) {
    try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
      List<Class<?>> found = new ArrayList<>();
      for (String file : files.map(f -> f.getFileName().toString()).sorted().toList()) {
        if (file.endsWith(".class") && !file.equals("package-info.class")) {
          Class<?> each =
              Class.forName(
                  name + "." + file.substring(0, file.length() - ".class".length()),
                  false,
                  ApiDump.class.getClassLoader());
          if (isOffered(each)) {
            found.add(each);
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOffered(Class<?> each) {
    for (Class<?> at = each; at != null; at = at.getEnclosingClass()) {
      if (!isOffered(at.getModifiers()) || at.isAnonymousClass() || at.isLocalClass()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOffered(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void describe(Class<?> each, List<String> lines) {
    lines.add(head(each));
    TreeSet<String> members = new TreeSet<>();
    for (Field field : each.getDeclaredFields()) {
      if (isOffered(field)) {
        members.add(words(field) + name(field.getGenericType()) + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : each.getDeclaredConstructors()) {
      if (isOffered(constructor)) {
        members.add("new" + parameters(constructor));
      }
    }
    for (Method method : each.getDeclaredMethods()) {
      if (isOffered(method)) {
        members.add(
            words(method)
                + name(method.getGenericReturnType())
                + " "
                + method.getName()
                + parameters(method));
      }
    }
    members.forEach(member -> lines.add("  " + member));
  }

  private static boolean isOffered(Member member) {
    return isOffered(member.getModifiers()) && !member.isSynthetic();
  }

  private static String head(Class<?> each) {
    String kind =
        each.isAnnotation()
            ? "annotation"
            : each.isInterface()
                ? "interface"
                : each.isEnum() ? "enum" : each.isRecord() ? "record" : "class";
    String sealed = each.isSealed() ? "sealed " : "";
    Class<?> parent = each.getSuperclass();
    boolean plain = parent == null || parent == Object.class || each.isEnum() || each.isRecord();
    String above =
        (plain ? "" : " extends " + name(each.getGenericSuperclass()))
            + (each.getInterfaces().length == 0
                ? ""
                : " : "
                    + Arrays.stream(each.getGenericInterfaces())
                        .map(ApiDump::name)
                        .collect(Collectors.joining(", ")));
    return sealed + kind + " " + each.getName() + above;
  }

  private static String words(Member member) {
    int modifiers = member.getModifiers();
    return (Modifier.isProtected(modifiers) ? "protected " : "")
        + (Modifier.isStatic(modifiers) ? "static " : "")
        + (Modifier.isAbstract(modifiers) ? "abstract " : "");
  }

  private static String parameters(Executable executable) {
    String thrown =
        Arrays.stream(executable.getGenericExceptionTypes())
            .map(ApiDump::name)
            .collect(Collectors.joining(", "));
    return Arrays.stream(executable.getGenericParameterTypes())
            .map(ApiDump::name)
            .collect(Collectors.joining(", ", "(", ")"))
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  /** A type without the packages that everybody knows. */
  private static String name(Type type) {
    return type.getTypeName()
        .replaceAll("\\bjava\\.(lang|util|util\\.function|time)\\.(?=[A-Z])", "");
  }
}
