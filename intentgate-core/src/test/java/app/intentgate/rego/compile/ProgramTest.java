package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.compile.program.CompiledRule;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.RuleKind;
import app.intentgate.rego.compile.program.RuleTree;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgramTest {
  @Test
  void rulesAreOfFourKinds() {
    Program program =
        Sources.rules(
                """
                a := 1
                b(x) := x
                c contains 1
                d[x] := 1 if x := 2
                e[x].f contains 1 if x := 2
                g.h["i"] := 3
                """)
            .compile();
    assertThat(program.rules())
        .extracting(CompiledRule::kind)
        .containsExactly(
            RuleKind.COMPLETE,
            RuleKind.FUNCTION,
            RuleKind.PARTIAL_SET,
            RuleKind.PARTIAL_OBJECT,
            RuleKind.PARTIAL_SET,
            RuleKind.COMPLETE);
  }

  @Test
  void rulesHangAtTheirGroundPath() {
    Program program =
        Sources.modules("package a.b\n\np[x].q := 1 if x := 2\n\ndefault r := 1\n\nr := 2")
            .compile();
    RuleTree p = program.tree().find(Ref.of("data", "a", "b", "p"));
    assertThat(p).isNotNull();
    assertThat(p.rules()).hasSize(1);
    assertThat(p.children()).isEmpty();
    RuleTree r = program.tree().find(Ref.of("data", "a", "b", "r"));
    assertThat(r.rules()).extracting(CompiledRule::isDefault).containsExactly(true, false);
    RuleTree b = program.tree().find(Ref.of("data", "a", "b"));
    assertThat(b.isPackage()).isTrue();
    assertThat(b.key()).isEqualTo(JsonValue.of("b"));
    assertThat(program.tree().find(Ref.of("data", "a")))
        .extracting(RuleTree::isPackage)
        .isEqualTo(false);
    assertThat(program.tree().find(Ref.of("data", "x"))).isNull();
  }

  @Test
  void everyRuleComesAfterThoseItUses() {
    Program program =
        Sources.rules(
                "a if b\n\n"
                    + "b if { c; d[input.x] }\n\n"
                    + "c if d.y\n\n"
                    + "d[k] := 1 if some k in e\n\n"
                    + "e := [\"y\"]")
            .compile();
    Set<CompiledRule> before = new HashSet<>();
    for (CompiledRule rule : program.sortedRules()) {
      assertThat(before).containsAll(program.dependencies(rule));
      before.add(rule);
    }
    assertThat(before).containsExactlyInAnyOrderElementsOf(program.rules());
  }

  @Test
  void elseBranchesFollowTheirRule() {
    CompiledRule rule = Sources.rules("p := 1 if input.a else := 2 if input.b else := 3").rule(0);
    assertThat(rule.branches())
        .extracting(b -> String.valueOf(b.value()))
        .containsExactly("1", "2", "3");
  }

  @Test
  void metadataStandsInPlaceOfItsCalls() {
    String source =
        """
        # METADATA
        # title: all
        package test

        # METADATA
        # title: one
        p := rego.metadata.rule()

        q := rego.metadata.chain()
        """;
    BuiltinRegistry builtins =
        BuiltinRegistry.builder()
            .declare(BuiltinSignature.parse("rego.metadata.rule(): any"))
            .declare(BuiltinSignature.parse("rego.metadata.chain(): any"))
            .declare(BuiltinSignature.parse("eq(any, any): boolean"))
            .declare(BuiltinSignature.parse("assign(any, any): boolean"))
            .build();
    assertThat(Sources.modules(source).with(builtins).bodies())
        .containsExactly(
            "__local2__ = {\"scope\": \"rule\", \"title\": \"one\"}; true; __local0__ = __local2__",
            "__local3__ = [{\"path\": [\"test\", \"q\"]}, {\"annotations\": {\"scope\":"
                + " \"package\", \"title\": \"all\"}, \"path\": [\"test\"]}]; true; __local1__ ="
                + " __local3__");
  }
}
