package app.intentgate.rego.graphql;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.graphql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads executable GraphQL documents. The result has the members that OPA gives: {@code Operations}
 * and {@code Fragments}, and below them what is there; lists that are empty are left out.
 */
public final class GraphqlQuery {
  private static final int MAX_DEPTH = 200;

  /** What a token costs with the part of the document that it makes. */
  private static final int STEPS = 8;

  private final Lexer lexer;
  private final LongConsumer charge;
  private @Nullable Token peeked;
  private int depth;

  private GraphqlQuery(String text, LongConsumer charge) {
    this.lexer = new Lexer(text, charge);
    this.charge = charge;
  }

  /**
   * The document that a text writes.
   *
   * @param charge told what the reading costs, while it goes on; may end it by an exception
   * @throws GraphqlException when it is none, or nested more than 200 deep
   */
  public static JsonObject parse(String text, LongConsumer charge) {
    return new GraphqlQuery(text, charge).document();
  }

  private JsonObject document() {
    List<JsonValue> operations = new ArrayList<>();
    List<JsonValue> fragments = new ArrayList<>();
    while (peek().kind() != Kind.EOF) {
      Token token = peek();
      boolean named =
          token.isName("query") || token.isName("mutation") || token.isName("subscription");
      if (named || token.kind() == Kind.BRACE_L) {
        operations.add(operation(named));
      } else if (token.isName("fragment")) {
        fragments.add(fragment());
      } else {
        throw unexpected(token);
      }
    }
    JsonObject.Builder b = JsonObject.builder();
    put(b, "Operations", operations);
    put(b, "Fragments", fragments);
    return b.build();
  }

  private JsonObject operation(boolean named) {
    JsonObject.Builder b = JsonObject.builder();
    b.put("Operation", named ? next().value() : "query");
    b.put("Name", named && peek().kind() == Kind.NAME ? next().value() : "");
    if (named) {
      put(b, "VariableDefinitions", variables());
      put(b, "Directives", directives(false));
    }
    put(b, "SelectionSet", selections());
    return b.build();
  }

  private JsonObject fragment() {
    next();
    JsonObject.Builder b = JsonObject.builder();
    b.put("Name", fragmentName());
    put(b, "VariableDefinition", variables());
    Token on = next();
    if (!on.isName("on")) {
      throw on.problem("Expected \"on\", found " + on.shown());
    }
    b.put("TypeCondition", name());
    put(b, "Directives", directives(false));
    put(b, "SelectionSet", selections());
    return b.build();
  }

  private String fragmentName() {
    if (peek().value().equals("on")) {
      throw unexpected(peek());
    }
    return name();
  }

  private List<JsonValue> variables() {
    return many(Kind.PAREN_L, Kind.PAREN_R, this::variable);
  }

  private JsonObject variable() {
    JsonObject.Builder b = JsonObject.builder();
    expect(Kind.DOLLAR);
    b.put("Variable", name());
    expect(Kind.COLON);
    b.put("Type", type());
    if (accept(Kind.EQUALS)) {
      b.put("DefaultValue", value(true));
    }
    put(b, "Directives", directives(false));
    return b.put("Used", false).build();
  }

  private JsonObject type() {
    enter();
    JsonObject.Builder b = JsonObject.builder();
    if (accept(Kind.BRACKET_L)) {
      b.put("NamedType", "").put("Elem", type());
      expect(Kind.BRACKET_R);
    } else {
      b.put("NamedType", name());
    }
    depth--;
    return b.put("NonNull", accept(Kind.BANG)).build();
  }

  /** The selections in braces, at least one. */
  private List<JsonValue> selections() {
    if (peek().kind() != Kind.BRACE_L) {
      throw peek().problem("Expected {, found " + peek().kind().word());
    }
    enter();
    next();
    if (peek().kind() == Kind.BRACE_R) {
      throw peek().problem("expected at least one definition, found }");
    }
    List<JsonValue> selections = new ArrayList<>();
    while (!accept(Kind.BRACE_R)) {
      selections.add(accept(Kind.SPREAD) ? spread() : field());
    }
    depth--;
    return selections;
  }

  private JsonObject field() {
    JsonObject.Builder b = JsonObject.builder();
    String alias = name();
    b.put("Alias", alias).put("Name", accept(Kind.COLON) ? name() : alias);
    put(b, "Arguments", arguments(false));
    put(b, "Directives", directives(false));
    if (peek().kind() == Kind.BRACE_L) {
      put(b, "SelectionSet", selections());
    }
    return b.build();
  }

  private JsonObject spread() {
    JsonObject.Builder b = JsonObject.builder();
    Token token = peek();
    if (token.kind() == Kind.NAME && !token.value().equals("on")) {
      b.put("Name", next().value());
      put(b, "Directives", directives(false));
      return b.build();
    }
    b.put("TypeCondition", "");
    if (token.isName("on")) {
      next();
      b.put("TypeCondition", name());
    }
    put(b, "Directives", directives(false));
    put(b, "SelectionSet", selections());
    return b.build();
  }

  private List<JsonValue> arguments(boolean constant) {
    return many(Kind.PAREN_L, Kind.PAREN_R, () -> member(constant));
  }

  private JsonObject member(boolean constant) {
    String name = name();
    expect(Kind.COLON);
    return JsonObject.of("Name", JsonValue.of(name), "Value", value(constant));
  }

  private List<JsonValue> directives(boolean constant) {
    List<JsonValue> directives = new ArrayList<>();
    while (accept(Kind.AT)) {
      JsonObject.Builder b = JsonObject.builder();
      b.put("Name", name());
      put(b, "Arguments", arguments(constant));
      directives.add(b.put("Location", "").build());
    }
    return directives;
  }

  private JsonObject value(boolean constant) {
    Token token = peek();
    return switch (token.kind()) {
      case BRACKET_L -> collection(8, many(Kind.BRACKET_L, Kind.BRACKET_R, () -> item(constant)));
      case BRACE_L -> collection(9, many(Kind.BRACE_L, Kind.BRACE_R, () -> member(constant)));
      case DOLLAR -> {
        if (constant) {
          throw unexpected(token);
        }
        next();
        yield scalar(0, name());
      }
      case INT -> scalar(1, next().value());
      case FLOAT -> scalar(2, next().value());
      case STRING -> scalar(3, next().value());
      case BLOCK_STRING -> scalar(4, next().value());
      case NAME ->
          switch (next().value()) {
            case "true", "false" -> scalar(5, token.value());
            case "null" -> scalar(6, token.value());
            default -> scalar(7, token.value());
          };
      default -> throw unexpected(token);
    };
  }

  private JsonObject item(boolean constant) {
    return JsonObject.of("Name", JsonValue.of(""), "Value", value(constant));
  }

  private static JsonObject scalar(int kind, String raw) {
    return collection(kind, List.of()).toBuilder().put("Raw", raw).build();
  }

  private static JsonObject collection(int kind, List<JsonValue> children) {
    JsonObject.Builder b = JsonObject.builder();
    b.put("Raw", "").put("Kind", kind).put("ExpectedTypeHasDefault", false);
    put(b, "Children", children);
    return b.build();
  }

  // --- tokens

  private interface Part {
    JsonValue read();
  }

  /** What stands between two brackets; nothing when the first is not there. */
  private List<JsonValue> many(Kind open, Kind close, Part part) {
    List<JsonValue> parts = new ArrayList<>();
    if (accept(open)) {
      enter();
      while (!accept(close)) {
        parts.add(part.read());
      }
      depth--;
    }
    return parts;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw peek().problem("nested too deeply");
    }
  }

  private Token peek() {
    Token token = peeked;
    if (token == null) {
      charge.accept(STEPS);
      token = lexer.next();
      peeked = token;
    }
    return token;
  }

  private Token next() {
    Token token = peek();
    peeked = null;
    return token;
  }

  private boolean accept(Kind kind) {
    if (peek().kind() != kind) {
      return false;
    }
    next();
    return true;
  }

  private Token expect(Kind kind) {
    Token token = next();
    if (token.kind() != kind) {
      throw token.problem("Expected " + kind.word() + ", found " + token.shown());
    }
    return token;
  }

  private String name() {
    return expect(Kind.NAME).value();
  }

  private static GraphqlException unexpected(Token token) {
    return token.problem("Unexpected " + token.shown());
  }

  private static void put(JsonObject.Builder b, String name, List<JsonValue> items) {
    if (!items.isEmpty()) {
      b.put(name, JsonArray.copyOf(items));
    }
  }
}
