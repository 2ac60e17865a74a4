package app.intentgate.jdbc.schema;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The texts in a module's sources that name its tables, as the compiler sees them. */
final class SourceSql {
  private SourceSql() {}

  /**
   * One text.
   *
   * @param place class and constant or method, as {@code DraftRows.LIST}
   * @param sql the text; what is no literal is a {@code ¤}
   */
  record Text(String place, String sql) {}

  /** Every text below a folder in which {@code ig_} stands. */
  static List<Text> below(Path sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.walk(sources)) {
      List<Path> java = all.filter(p -> p.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(java));
      List<Text> texts = new ArrayList<>();
      task.parse().forEach(unit -> unit.accept(new Scanner(texts), null));
      return texts;
    }
  }

  private static final class Scanner extends TreeScanner<Void, Void> {
    private final List<Text> texts;
    private final Deque<String> classes = new ArrayDeque<>();
    private String member = "";

    Scanner(List<Text> texts) {
      this.texts = texts;
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
      String before = member;
      boolean named = !tree.getSimpleName().isEmpty();
      if (named) {
        classes.push(tree.getSimpleName().toString());
      }
      super.visitClass(tree, none);
      if (named) {
        classes.pop();
      }
      member = before;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
      member = tree.getName().toString();
      return super.visitMethod(tree, none);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void none) {
      String name = tree.getName().toString();
      if (name.equals(name.toUpperCase(java.util.Locale.ROOT))) {
        member = name;
      }
      return super.visitVariable(tree, none);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void none) {
      if (tree.getKind() != Tree.Kind.PLUS) {
        return super.visitBinary(tree, none);
      }
      StringBuilder text = new StringBuilder();
      join(tree, text);
      add(text.toString());
      return null;
    }

    private void join(ExpressionTree tree, StringBuilder text) {
      if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        join(sum.getLeftOperand(), text);
        join(sum.getRightOperand(), text);
      } else if (tree instanceof ParenthesizedTree inner) {
        join(inner.getExpression(), text);
      } else if (tree instanceof LiteralTree literal && literal.getValue() instanceof String s) {
        text.append(s);
      } else {
        text.append('¤');
        tree.accept(this, null);
      }
    }

    @Override
    public Void visitLiteral(LiteralTree tree, Void none) {
      if (tree.getValue() instanceof String text) {
        add(text);
      }
      return null;
    }

    private void add(String text) {
      if (text.contains("ig_")) {
        texts.add(new Text(classes.peekLast() + "." + member, text));
      }
    }
  }
}
