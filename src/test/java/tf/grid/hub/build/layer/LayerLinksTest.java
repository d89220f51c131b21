package tf.grid.hub.build.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.TarBytes;

/** Paths through symbolic links of layers: the values are those of Docker, Podman and umoci. */
class LayerLinksTest {
  @RegisterExtension private final Layers layers = new Layers();

  @ParameterizedTest
  @CsvSource({
    "opt, opt/f",
    "/opt, opt/f",
    "./opt/, opt/f",
    "../../opt, opt/f",
    "/../opt/., opt/f",
    "/, f",
    "opt/sub/.., opt/f",
    "other, opt/f",
    "other/sub, opt/sub/f",
    "other/sub/../../nowhere, nowhere/f",
    "not/yet, not/yet/f",
    "not/../opt, opt/f",
  })
  void a_path_through_a_link_of_the_same_layer_is_resolved_in_the_tree(String target, String place)
      throws Exception {
    byte[] layer =
        new TarBytes()
            .directory("opt/")
            .directory("opt/sub/")
            .symbolicLink("other", "opt")
            .symbolicLink("l", target)
            .file("l/f", "x")
            .tar();
    Map<String, String> tree = tree(layer);
    assertThat(tree).containsEntry(place, "x").containsEntry("l", "-> " + target);
  }

  @Test
  void nothing_but_the_file_is_created_behind_a_link() throws Exception {
    byte[] layer =
        new TarBytes()
            .directory("d/")
            .directory("e/")
            .symbolicLink("d/l", "../e")
            .file("d/l/sub/f", "x")
            .tar();
    assertThat(tree(layer))
        .containsOnlyKeys("d", "d/l", "e", "e/sub", "e/sub/f")
        .containsEntry("e/sub", "/");
  }

  @Test
  void directories_links_and_attributes_go_through_a_link_as_well() throws Exception {
    byte[] layer =
        new TarBytes()
            .directory("opt/")
            .symbolicLink("o", "opt")
            .directory("o/d/")
            .symbolicLink("o/l", "d")
            .pax("SCHILY.xattr.user.x=1")
            .file("o/l/f", "x")
            .tar();
    Layers.Result result = layers.stack(layer);
    assertThat(result.nodes()).containsOnlyKeys("opt", "o", "opt/d", "opt/l", "opt/d/f");
    assertThat(result.attributes().keySet()).hasToString("[opt/d/f]");
  }

  @Test
  void a_target_that_is_only_in_a_lower_layer_keeps_its_contents() throws Exception {
    byte[] below =
        new TarBytes().directory("opt/").file("opt/k", "k").symbolicLink("m", "opt").tar();
    assertThat(tree(below, new TarBytes().symbolicLink("o", "opt").file("o/f", "x").tar()))
        .containsOnlyKeys("opt", "opt/k", "opt/f", "m", "o");
    assertThat(tree(below, new TarBytes().symbolicLink("o", "m").file("o/f", "x").tar()))
        .containsOnlyKeys("opt", "opt/k", "opt/f", "m", "o");
  }

  @Test
  void a_link_that_changes_within_a_layer_leads_where_it_led_at_each_entry() throws Exception {
    byte[] layer =
        new TarBytes()
            .symbolicLink("d", "a")
            .file("d/x", "1")
            .symbolicLink("d", "b")
            .file("d/y", "2")
            .directory("d/")
            .file("d/z", "3")
            .tar();
    assertThat(tree(layer)).containsOnlyKeys("a", "a/x", "b", "b/y", "d", "d/z");
  }

  @Test
  void an_entry_replaces_the_link_of_its_own_name_and_not_the_target() throws Exception {
    byte[] layer =
        new TarBytes()
            .file("opt/k", "k")
            .symbolicLink("l", "opt/k")
            .file("l", "x")
            .symbolicLink("m", "opt")
            .directory("m/")
            .tar();
    assertThat(tree(layer))
        .containsOnlyKeys("opt", "opt/k", "l", "m")
        .containsEntry("opt/k", "k")
        .containsEntry("l", "x");
  }

  @Test
  void hard_links_lead_through_links_and_into_linked_directories() throws Exception {
    byte[] layer =
        new TarBytes()
            .file("opt/f", "x")
            .symbolicLink("o", "opt")
            .hardLink("g", "o/f")
            .hardLink("o/h", "opt/f")
            .hardLink("p", "o")
            .file("p/i", "y")
            .tar();
    assertThat(tree(layer))
        .containsEntry("g", "x")
        .containsEntry("opt/h", "x")
        .containsEntry("p", "-> opt")
        .containsEntry("opt/i", "y");
  }

  @Test
  void whiteouts_through_a_link_of_their_layer_remove_what_lower_layers_have() throws Exception {
    byte[] below = new TarBytes().file("opt/k", "k").file("opt/d/k", "k").file("opt/n", "n").tar();
    byte[] above =
        new TarBytes()
            .symbolicLink("o", "opt")
            .file("o/d/new", "1")
            .file("o/.wh.k", "")
            .file("o/.wh.d", "")
            .tar();
    assertThat(tree(below, above)).containsOnlyKeys("o", "opt", "opt/n", "opt/d", "opt/d/new");
  }

  @Test
  void an_opaque_whiteout_through_a_link_keeps_what_its_own_layer_has() throws Exception {
    byte[] below = new TarBytes().file("opt/k", "k").file("opt/d/k", "k").tar();
    byte[] above =
        new TarBytes()
            .symbolicLink("o", "opt")
            .directory("opt/e/")
            .file("opt/n", "n")
            .file("o/.wh..wh..opq", "")
            .tar();
    assertThat(tree(below, above)).containsOnlyKeys("o", "opt", "opt/n", "opt/e");
  }

  @Test
  void a_whiteout_through_a_link_to_nothing_changes_nothing() throws Exception {
    byte[] layer = new TarBytes().symbolicLink("o", "opt").file("o/.wh.k", "").tar();
    assertThat(tree(layer)).containsOnlyKeys("o");
  }

  @Test
  void loops_and_long_chains_of_links_are_refused() {
    refused(new TarBytes().symbolicLink("a", "a").file("a/x", "1"), "loop");
    refused(new TarBytes().symbolicLink("a", "b").symbolicLink("b", "a").file("a/x", "1"), "loop");
    refused(new TarBytes().symbolicLink("a", "a/b").file("a/x", "1"), "loop");
    TarBytes chain = new TarBytes().directory("0/");
    for (int i = 1; i <= 41; i++) {
      chain.symbolicLink(Integer.toString(i), Integer.toString(i - 1));
    }
    refused(chain.file("41/x", "1"), "more than 40 symbolic links");
  }

  @Test
  void a_link_to_a_file_is_no_directory() {
    refused(
        new TarBytes().file("f", "1").symbolicLink("l", "f").file("l/x", "2"), "not a directory");
    refused(
        new TarBytes().file("f", "1").symbolicLink("l", "f/../d").file("l/x", "2"),
        "not a directory");
    byte[] below = new TarBytes().file("f", "kept").tar();
    byte[] above = new TarBytes().symbolicLink("l", "f").file("l/x", "2").tar();
    assertThatThrownBy(() -> layers.stack(below, above))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("not a directory");
  }

  @Test
  void paths_that_grow_too_long_or_too_deep_behind_links_are_refused() {
    refused(
        new TarBytes().longTarget("d/".repeat(1030)).symbolicLink("l", "").file("l/x", "1"),
        "levels deep");
    String name = "n".repeat(200);
    TarBytes growing = new TarBytes();
    for (int i = 0; i < 30; i++) {
      growing.symbolicLink(
          Integer.toString(i), (i == 0 ? "" : (i - 1) + "/") + name.substring(0, 90));
    }
    growing.longName("29/" + (name + "/").repeat(19) + "x").file("", "1");
    refused(growing, "the limit is 4096");
  }

  @Test
  void work_behind_links_is_limited() {
    TarBytes layer =
        new TarBytes().longTarget("a/../".repeat(800) + "b").symbolicLink("l", "").directory("b/");
    for (int i = 0; i < 13_000; i++) {
      layer.file("l/f", "");
    }
    refused(layer, "steps");
  }

  private Map<String, String> tree(byte[]... tars) throws Exception {
    return layers.shown(layers.stack(tars));
  }

  private void refused(TarBytes tar, String why) {
    assertThatThrownBy(() -> layers.stack(tar.tar()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(why);
  }
}
