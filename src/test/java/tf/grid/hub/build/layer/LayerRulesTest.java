package tf.grid.hub.build.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;

class LayerRulesTest {
  @RegisterExtension private final Layers layers = new Layers();

  @Test
  void later_layers_add_to_earlier_ones() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().directory("etc/").file("etc/a", "one").tar(),
            new TarBytes().directory("etc/").file("etc/b", "two").tar());
    assertThat(result.nodes()).containsOnlyKeys("etc", "etc/a", "etc/b");
    assertThat(layers.text(result.at("etc/b"))).isEqualTo("two");
  }

  @Test
  void a_file_of_a_later_layer_replaces_that_of_an_earlier_one() throws Exception {
    Layers.Result result =
        layers.stack(new TarBytes().file("a", "old").tar(), new TarBytes().file("a", "new").tar());
    assertThat(layers.text(result.at("a"))).isEqualTo("new");
  }

  @Test
  void a_whiteout_removes_a_file_and_a_whole_directory() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().file("a", "1").directory("d/").file("d/x", "2").file("b", "3").tar(),
            new TarBytes().file(".wh.a", "").file(".wh.d", "").tar());
    assertThat(result.nodes()).containsOnlyKeys("b");
  }

  @Test
  void a_whiteout_of_nothing_changes_nothing_and_makes_no_directory() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().file("a", "1").tar(),
            new TarBytes().file("not/there/.wh.x", "").file(".wh.y", "").tar());
    assertThat(result.nodes()).containsOnlyKeys("a");
  }

  @Test
  void whiteouts_concern_only_lower_layers_wherever_they_stand() throws Exception {
    byte[] below = new TarBytes().directory("d/").file("d/old", "1").file("f", "1").tar();
    byte[] before =
        new TarBytes()
            .file(".wh.f", "")
            .file(".wh.d", "")
            .directory("d/")
            .file("d/new", "2")
            .file("f", "2")
            .tar();
    byte[] after =
        new TarBytes()
            .directory("d/")
            .file("d/new", "2")
            .file("f", "2")
            .file(".wh.f", "")
            .file(".wh.d", "")
            .tar();
    for (byte[] tar : new byte[][] {before, after}) {
      Layers.Result result = layers.stack(below, tar);
      assertThat(result.nodes()).containsOnlyKeys("d", "d/new", "f");
      assertThat(layers.text(result.at("f"))).isEqualTo("2");
    }
  }

  @Test
  void an_opaque_directory_hides_what_is_below_wherever_its_mark_stands() throws Exception {
    byte[] below =
        new TarBytes()
            .directory("d/")
            .file("d/old", "1")
            .directory("d/s/")
            .file("d/s/x", "1")
            .tar();
    byte[] before =
        new TarBytes().directory("d/").file("d/.wh..wh..opq", "").file("d/new", "2").tar();
    byte[] after =
        new TarBytes().directory("d/").file("d/new", "2").file("d/.wh..wh..opq", "").tar();
    assertThat(layers.stack(below, before).nodes()).containsOnlyKeys("d", "d/new");
    assertThat(layers.stack(below, after).nodes()).containsOnlyKeys("d", "d/new");
  }

  @Test
  void an_opaque_root_hides_everything_below() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().file("a", "1").directory("d/").tar(),
            new TarBytes().file("b", "2").file(".wh..wh..opq", "").tar());
    assertThat(result.nodes()).containsOnlyKeys("b");
  }

  @Test
  void what_old_file_systems_kept_for_themselves_is_ignored() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes()
                .file("a", "1")
                .directory(".wh..wh.plnk/")
                .file(".wh..wh.plnk/12.34", "x")
                .file(".wh..wh.aufs", "")
                .directory(".wh..wh.orph/")
                .tar());
    assertThat(result.nodes()).containsOnlyKeys("a");
  }

  @Test
  void whiteouts_of_the_root_or_outside_are_refused() {
    for (String path : new String[] {".wh.", ".wh..", "d/.wh.", "d/.wh..", ".wh...", "d/.wh..."}) {
      refused(new TarBytes().file(path, "").tar(), "whiteout");
    }
    refused(new TarBytes().file("../.wh.a", "").tar(), "..");
    refused(new TarBytes().file("d/../../.wh.a", "").tar(), "..");
  }

  @Test
  void an_entry_below_a_whiteout_is_refused() {
    refused(new TarBytes().file(".wh.d/x", "").tar(), "below a whiteout");
  }

  @Test
  void names_that_look_like_whiteouts_are_kept_when_nothing_is_below() throws Exception {
    try (LayeredBuild build = layers.begin()) {
      Layer whole =
          build.read(
              new java.io.ByteArrayInputStream(new TarBytes().file(".wh.a", "x").tar()),
              Whiteouts.NONE,
              tf.grid.hub.build.tar.TarReader.TarEnd.MARKED);
      assertThat(layers.result(build, java.util.List.of(whole)).nodes()).containsOnlyKeys(".wh.a");
    }
  }

  @Test
  void hard_links_reach_files_of_lower_layers_and_share_their_content() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().file("a", "shared").tar(), new TarBytes().hardLink("b", "a").tar());
    assertThat(((FileNode) result.at("b")).blocks())
        .isEqualTo(((FileNode) result.at("a")).blocks());
    assertThat(layers.text(result.at("b"))).isEqualTo("shared");
  }

  @Test
  void a_hard_link_outlives_the_removal_of_its_target_by_the_same_layer() throws Exception {
    byte[] below = new TarBytes().file("a", "kept").tar();
    for (byte[] tar :
        new byte[][] {
          new TarBytes().hardLink("b", "a").file(".wh.a", "").tar(),
          new TarBytes().file(".wh.a", "").hardLink("b", "a").tar()
        }) {
      Layers.Result result = layers.stack(below, tar);
      assertThat(result.nodes()).containsOnlyKeys("b");
      assertThat(layers.text(result.at("b"))).isEqualTo("kept");
    }
  }

  @Test
  void a_hard_link_prefers_the_file_of_its_own_layer() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().file("a", "old").tar(),
            new TarBytes().file("a", "new").hardLink("b", "a").tar());
    assertThat(layers.text(result.at("b"))).isEqualTo("new");
  }

  @Test
  void a_hard_link_to_nothing_is_refused() {
    refused(new TarBytes().hardLink("b", "a").tar(), "hard link");
    refused(new TarBytes().directory("d/").hardLink("b", "d").tar(), "hard link");
  }

  @Test
  void a_file_in_place_of_a_directory_removes_all_that_was_in_it() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().directory("d/").directory("d/s/").file("d/s/x", "1").tar(),
            new TarBytes().file("d", "now a file").tar());
    assertThat(result.nodes()).containsOnlyKeys("d");
    assertThat(result.at("d")).isInstanceOf(FileNode.class);
  }

  @Test
  void a_directory_in_place_of_a_file_or_link_is_empty_but_for_its_own() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().file("f", "1").symbolicLink("l", "elsewhere").tar(),
            new TarBytes().directory("f/").file("f/x", "2").directory("l/").tar());
    assertThat(result.nodes()).containsOnlyKeys("f", "f/x", "l");
    assertThat(result.at("l")).isInstanceOf(DirectoryNode.class);
  }

  @Test
  void a_directory_over_a_directory_keeps_the_contents_and_brings_its_attributes()
      throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().directory("d/").file("d/x", "1").tar(),
            new TarBytes()
                .entry(new TarBytes.Header("d/").type('5').mode(01777).owner(7, 8).time(99))
                .tar());
    assertThat(result.nodes()).containsOnlyKeys("d", "d/x");
    assertThat(result.at("d").permissions().mode()).isEqualTo(01777);
    assertThat(result.at("d").permissions().uid()).isEqualTo(7);
    assertThat(result.at("d").modified()).isEqualTo(99);
  }

  @Test
  void a_directory_that_is_only_implied_keeps_the_attributes_it_had() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().entry(new TarBytes.Header("d/").type('5').mode(0700)).tar(),
            new TarBytes().file("d/x", "1").file("new/y", "2").tar());
    assertThat(result.at("d").permissions().mode()).isEqualTo(0700);
    assertThat(result.at("new").permissions().mode()).isEqualTo(0755);
    assertThat(result.at("new").permissions().user()).isEqualTo(Name.of("root"));
  }

  @Test
  void a_path_through_a_link_of_a_lower_layer_replaces_the_link() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().directory("real/").file("real/x", "1").symbolicLink("d", "real").tar(),
            new TarBytes().file("d/y", "2").tar());
    assertThat(result.nodes()).containsOnlyKeys("real", "real/x", "d", "d/y");
    assertThat(result.at("d")).isInstanceOf(DirectoryNode.class);
  }

  @Test
  void a_link_is_never_followed_when_something_replaces_it() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes().directory("etc/").file("etc/passwd", "good").tar(),
            new TarBytes().symbolicLink("l", "etc/passwd").tar(),
            new TarBytes().file("l", "evil").tar());
    assertThat(layers.text(result.at("etc/passwd"))).isEqualTo("good");
  }

  @Test
  void devices_modes_and_owners_arrive_as_they_are() throws Exception {
    Layers.Result result =
        layers.stack(
            new TarBytes()
                .entry(new TarBytes.Header("null").type('3').mode(0666).device(1, 3))
                .entry(new TarBytes.Header("su").mode(04755).owner(0, 42).names("root", "shadow"))
                .symbolicLink("l", "../x y")
                .tar());
    assertThat(result.at("null")).hasFieldOrPropertyWithValue("data", "1,3");
    assertThat(result.at("su").permissions().mode()).isEqualTo(04755);
    assertThat(result.at("su").permissions().group()).isEqualTo(Name.of("shadow"));
    assertThat(((LinkNode) result.at("l")).target()).isEqualTo(Name.of("../x y"));
  }

  @Test
  void extended_attributes_stay_with_their_entry_and_go_with_it() throws Exception {
    byte[] below =
        new TarBytes()
            .pax("SCHILY.xattr.security.capability=\u0001cap", "SCHILY.xattr.user.empty=")
            .file("ping", "x")
            .pax("SCHILY.xattr.user.note=gone")
            .file("old", "y")
            .pax("SCHILY.xattr.user.dir=d")
            .directory("d/")
            .tar();
    byte[] above = new TarBytes().hardLink("ping2", "ping").file("old", "z").tar();
    Layers.Result result = layers.stack(below, above);
    assertThat(result.attributes())
        .containsOnlyKeys(FlistPath.of("ping"), FlistPath.of("ping2"), FlistPath.of("d"));
    assertThat(result.attributes().get(FlistPath.of("ping2")).values())
        .containsEntry("security.capability", Name.of("\u0001cap"))
        .containsEntry("user.empty", Name.EMPTY);
  }

  @Test
  void a_layer_may_lack_its_end_mark_or_have_something_behind_it() throws Exception {
    byte[] unfinished = new TarBytes().file("a", "1").unfinished();
    byte[] trailing =
        new TarBytes()
            .file("b", "2")
            .raw(new byte[1024])
            .raw("junk".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .unfinished();
    assertThat(layers.stack(unfinished, trailing, new byte[0]).nodes()).containsOnlyKeys("a", "b");
  }

  @Test
  void limits_hold_for_all_layers_together() {
    byte[] one = new TarBytes().file("a", "1").file("b", "1").tar();
    byte[] two = new TarBytes().file("c", "1").file("d", "1").tar();
    assertThatThrownBy(() -> layers.stack(ArchiveLimits.DEFAULT.withEntries(3), one, two))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("more entries");
    assertThatThrownBy(() -> layers.stack(ArchiveLimits.DEFAULT.withUnpackedBytes(4000), one, two))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("unpacks to more");
  }

  @Test
  void layers_from_records_come_to_the_same() throws Exception {
    byte[] below =
        new TarBytes()
            .directory("d/")
            .file("d/a", "1")
            .pax("SCHILY.xattr.user.x=1")
            .file("b", "x".repeat(1_200_000))
            .symbolicLink("l", "d")
            .entry(new TarBytes.Header("tty").type('3').device(5, 0))
            .entry(new TarBytes.Header("fifo").type('6'))
            .file("empty", "")
            .tar();
    byte[] above =
        new TarBytes()
            .file("d/.wh.a", "")
            .hardLink("b2", "b")
            .directory("e/")
            .file("e/.wh..wh..opq", "")
            .tar();
    assertThat(layers.stackRecalled(below, above)).isEqualTo(layers.stack(below, above));
  }

  @Test
  void a_damaged_record_is_noticed_at_every_byte() throws Exception {
    byte[] record = layers.record(new TarBytes().directory("d/").file("d/a", "1").tar());
    for (int i = 0; i < record.length; i++) {
      byte[] damaged = record.clone();
      damaged[i] ^= 0x41;
      assertThatThrownBy(() -> recall(damaged))
          .isInstanceOfAny(IOException.class, ArchiveException.class);
    }
    for (int length = 0; length < record.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(record, length);
      assertThatThrownBy(() -> recall(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_record_is_of_no_use_when_the_store_has_lost_its_content() throws Exception {
    byte[] record = layers.record(new TarBytes().file("a", "1").tar());
    layers.store.chunks.clear();
    try (LayeredBuild build = layers.begin()) {
      assertThat(build.recalled(new java.io.ByteArrayInputStream(record))).isEmpty();
    }
  }

  private void recall(byte[] record) throws IOException, ArchiveException {
    try (LayeredBuild build = layers.begin()) {
      Layers.recalled(build, record);
    }
  }

  private void refused(byte[] tar, String why) {
    assertThatThrownBy(() -> layers.stack(tar))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(why);
  }
}
