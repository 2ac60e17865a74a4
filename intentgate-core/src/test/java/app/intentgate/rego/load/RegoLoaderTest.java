package app.intentgate.rego.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonReader;
import app.intentgate.rego.EvalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegoLoaderTest {
  @TempDir Path root;
  private String folder = "";

  @BeforeEach
  void path() {
    folder = root.toString();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static RegoFiles load(String... paths) throws RegoLoadException {
    return RegoLoader.ofDefaults().load(List.of(paths));
  }

  private static RegoFiles bundles(String... paths) throws RegoLoadException {
    return RegoLoader.ofDefaults().load(List.of(), List.of(paths));
  }

  @Test
  void a_folders_documents_stand_under_its_folders_and_modules_under_their_package()
      throws Exception {
    write("authz/roles.json", "{\"ann\": [\"admin\"]}");
    write("authz/limits.yaml", "limit: 5\non: yes\n");
    write("top.yml", "deep: {er: 1}");
    write("authz/p.rego", "package p\nallow if data.authz.ann[_] == \"admin\"");
    write("notes.txt", "not loaded");
    RegoFiles files = load(folder);
    assertThat(files.data())
        .isEqualTo(
            JsonReader.parse(
                "{\"authz\":{\"ann\":[\"admin\"],\"limit\":5,\"true\":true},\"deep\":{\"er\":1}}"));
    assertThat(files.modules()).containsOnlyKeys(root.resolve("authz/p.rego").toString());
    assertThat(
            files.policy().compile().prepare("data.p.allow").value(null, EvalOptions.ofDefaults()))
        .hasToString("true");
  }

  @Test
  void a_named_file_stands_at_the_root_or_below_its_prefix() throws Exception {
    write("x/d.json", "{\"a\": 1}");
    write("x/list.json", "[1, 2]");
    assertThat(load(folder + "/x/d.json").data()).hasToString("{\"a\":1}");
    assertThat(load("one.two:" + folder + "/x/list.json").data())
        .hasToString("{\"one\":{\"two\":[1,2]}}");
    assertThat(load("file://" + folder + "/x/d.json").data()).hasToString("{\"a\":1}");
    assertThatThrownBy(() -> load(folder + "/x/list.json"))
        .hasMessage(
            "1 error occurred during loading: "
                + folder
                + "/x/list.json: document must be of type object");
  }

  @Test
  void documents_in_each_others_way_are_an_error_even_when_equal() throws Exception {
    write("a.json", "{\"x\": {\"y\": 1}}");
    write("b.json", "{\"x\": {\"z\": 1}}");
    write("c.json", "{\"x\": {\"y\": 1}}");
    assertThatThrownBy(() -> load(folder))
        .hasMessage("1 error occurred during loading: " + folder + "/c.json: merge error");
    assertThat(load(folder + "/a.json", folder + "/b.json").data())
        .hasToString("{\"x\":{\"y\":1,\"z\":1}}");
  }

  @Test
  void every_problem_is_told() throws Exception {
    write("a.json", "{\"x\": ");
    write("b.yaml", "a: [1\n");
    assertThatThrownBy(() -> load(folder, folder + "/none.rego"))
        .isInstanceOfSatisfying(RegoLoadException.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageStartingWith("3 errors occurred during loading:\n")
        .hasMessageContaining("none.rego: no such file or directory");
    write("c.txt", "a: [");
    assertThatThrownBy(() -> load(folder + "/c.txt")).hasMessageContaining("can't recognize file");
  }

  @Test
  void a_file_that_is_named_itself_may_hold_anything_whatever_its_name() throws Exception {
    write("p.txt", "package p\n\nallow { true }\n");
    write("d.conf", "{\"x\": 1}");
    write("y.conf", "z: 2");
    RegoFiles files = load(folder + "/p.txt", folder + "/d.conf", "in.a:" + folder + "/y.conf");
    assertThat(files.modules()).containsOnlyKeys(folder + "/p.txt");
    assertThat(files.data()).hasToString("{\"x\":1,\"in\":{\"a\":{\"z\":2}}}");
    assertThat(load(folder).modules()).isEmpty();
  }

  @Test
  void a_file_that_is_named_twice_is_loaded_once() throws Exception {
    write("a/d.json", "{\"x\": 1}");
    assertThat(load(folder + "/a/d.json", folder + "/a/./d.json").data()).hasToString("{\"x\":1}");
    assertThat(load(folder + "/a", "other:" + folder + "/a/d.json").data())
        .hasToString("{\"x\":1,\"other\":{\"x\":1}}");
  }

  @Test
  void links_are_followed_in_folders_but_not_in_circles_and_not_in_bundles() throws Exception {
    write("real/p.rego", "package p");
    write("real/data.json", "{\"x\": 1}");
    Path policies = Files.createDirectories(root.resolve("policies"));
    Files.createSymbolicLink(policies.resolve("now"), root.resolve("real"));
    Files.createSymbolicLink(policies.resolve("q.rego"), root.resolve("real/p.rego"));
    Files.createSymbolicLink(policies.resolve("up"), root);
    RegoFiles files = load(policies.toString());
    assertThat(files.modules())
        .containsKeys(policies + "/now/p.rego", policies + "/q.rego", policies + "/up/real/p.rego");
    assertThat(files.data()).hasToString("{\"now\":{\"x\":1},\"up\":{\"real\":{\"x\":1}}}");
    assertThat(bundles(policies.toString()).modules()).isEmpty();
  }

  @Test
  void of_files_and_folders_only_the_modules_when_asked_for() throws Exception {
    write("p/a.json", "{\"x\": 1}");
    write("p/b.json", "{\"x\": ");
    write("p/p.rego", "package p");
    write("b/data.json", "{\"x\": 1}");
    RegoLoader loader = new RegoLoader(LoadOptions.ofDefaults().withoutData());
    RegoFiles files =
        loader.load(List.of(folder + "/p", folder + "/p/a.json"), List.of(folder + "/b"));
    assertThat(files.modules()).containsOnlyKeys(folder + "/p/p.rego");
    assertThat(files.data()).hasToString("{\"x\":1}");
    assertThatThrownBy(() -> loader.load(List.of(folder + "/none.json")))
        .hasMessageContaining("none.json: no such file or directory");
  }

  @Test
  void a_document_may_be_json_or_yaml_whatever_its_name() throws Exception {
    assertThat(RegoLoader.document("in.json", "{\"a\": 1}".getBytes(UTF_8)))
        .hasToString("{\"a\":1}");
    assertThat(RegoLoader.document("in.json", "a: 1".getBytes(UTF_8))).hasToString("{\"a\":1}");
    assertThatThrownBy(() -> RegoLoader.document("-", "a: [".getBytes(UTF_8)))
        .isInstanceOf(RegoLoadException.class);
  }

  @Test
  void a_rule_may_not_stand_where_the_data_has_a_document() throws Exception {
    write("d.json", "{\"p\": {\"sub\": {\"x\": 1}, \"flat\": 7}}");
    write("p.rego", "package p\n\nsub.x := 2\n\nflat.y.z := 3\n\nfree := 4\n");
    assertThatThrownBy(() -> load(folder).policy().compile())
        .hasMessageContaining(
            "p.rego:3: rego_compile_error: conflicting rule for data path p/sub/x found")
        .hasMessageContaining(
            "p.rego:5: rego_compile_error: conflicting rule for data path p/flat/y/z found")
        .hasMessageNotContaining("free");
    write("p.rego", "package p\n\nsub.z := 2\n\nfree := 4\n");
    assertThat(
            load(folder).policy().compile().prepare("data.p").value(null, EvalOptions.ofDefaults()))
        .isEqualTo(JsonReader.parse("{\"flat\":7,\"free\":4,\"sub\":{\"x\":1,\"z\":2}}"));
  }

  @Test
  void ignored_names_and_tests_are_left_out() throws Exception {
    write(".git/x.json", "[");
    write("lib/p.rego", "package p");
    write("lib/p_test.rego", "package p_test");
    write("node_modules/q.rego", "package q");
    LoadOptions options = LoadOptions.ofDefaults().ignoring(List.of(".*", "node_[a-m]*"));
    assertThat(new RegoLoader(options).load(List.of(folder)).modules().keySet())
        .containsExactly(folder + "/lib/p.rego", folder + "/lib/p_test.rego");
    assertThat(new RegoLoader(options.withoutTests()).load(List.of(folder)).modules().keySet())
        .containsExactly(folder + "/lib/p.rego");
    assertThat(
            new RegoLoader(LoadOptions.ofDefaults().ignoring(List.of(root.getFileName() + "")))
                .load(List.of(folder + "/lib"))
                .modules())
        .as("the path itself is never ignored")
        .hasSize(2);
  }

  @Test
  void a_bundles_data_is_in_data_files_and_its_manifest_names_the_revision() throws Exception {
    write(".manifest", "{\"revision\": \"r7\", \"roots\": [\"authz\", \"users\"]}");
    write("authz/p.rego", "package authz.rules");
    write("users/data.json", "{\"ann\": 1}");
    write("users/other.json", "{\"not\": \"data\"}");
    RegoFiles files = bundles(folder);
    assertThat(files.bundles())
        .singleElement()
        .extracting(BundleManifest::revision)
        .isEqualTo("r7");
    assertThat(files.data()).hasToString("{\"users\":{\"ann\":1}}");
    write("stray/data.json", "{}");
    write("stray/q.rego", "package stray");
    assertThatThrownBy(() -> bundles(folder))
        .hasMessageContaining("do not permit data at path '/stray' (hint: check bundle directory")
        .hasMessageContaining("do not permit 'package stray' in module");
  }

  @Test
  void data_above_a_root_may_only_lead_to_it() throws Exception {
    write(".manifest", "{\"roots\": [\"a/b\"]}");
    write("data.json", "{\"a\": {\"b\": {\"c\": 1}}}");
    assertThat(bundles(folder).data()).hasToString("{\"a\":{\"b\":{\"c\":1}}}");
    write("data.json", "{\"a\": {\"b\": 1, \"c\": 2}}");
    assertThatThrownBy(() -> bundles(folder)).hasMessageContaining("data at path '/a/c'");
  }

  @Test
  void bundles_that_own_the_same_paths_are_refused() throws Exception {
    write("a/.manifest", "{\"roots\": [\"x/y\"]}");
    write("b/.manifest", "{\"roots\": [\"x\"]}");
    write("c/.manifest", "{\"roots\": [\"xy\"]}");
    assertThat(bundles(folder + "/a", folder + "/c").bundles()).hasSize(2);
    assertThatThrownBy(() -> bundles(folder + "/a", folder + "/b"))
        .hasMessageContaining("detected overlapping roots in manifests for these bundles");
  }

  @Test
  void a_packed_bundle_is_read_with_long_names_and_without_links() throws Exception {
    String deep = "d".repeat(120) + "/" + "e".repeat(60);
    for (String format : List.of("gnu", "ustar", "pax")) {
      Path source = Files.createDirectories(root.resolve(format));
      Path data = source.resolve(format.equals("ustar") ? "a/b" : deep);
      Files.createDirectories(data);
      Files.writeString(data.resolve("data.json"), "{\"k\": 1}");
      Files.writeString(source.resolve("p.rego"), "package p");
      Files.writeString(source.resolve(".manifest"), "{\"revision\": \"r1\"}");
      Files.createSymbolicLink(source.resolve("link.rego"), Path.of("/etc/passwd"));
      Path bundle = root.resolve(format + ".tar.gz");
      Process tar =
          new ProcessBuilder(
                  "tar", "--format=" + format, "-czf", bundle.toString(), "-C", source + "", ".")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(tar.waitFor()).isZero();
      RegoFiles files = bundles(bundle.toString());
      assertThat(files.modules()).containsOnlyKeys(bundle + ":/p.rego");
      assertThat(files.bundles().get(0).revision()).isEqualTo("r1");
      assertThat(files.data().toString()).endsWith("{\"k\":1}}}");
      assertThat(load(bundle.toString()).modules()).isEqualTo(files.modules());
    }
  }

  @Test
  void what_is_no_archive_is_a_problem_and_no_crash() throws Exception {
    write("x.tar.gz", "not packed");
    assertThatThrownBy(() -> bundles(folder + "/x.tar.gz"))
        .hasMessageContaining("x.tar.gz: Not in GZIP format");
  }
}
