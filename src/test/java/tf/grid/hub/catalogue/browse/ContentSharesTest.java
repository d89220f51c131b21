package tf.grid.hub.catalogue.browse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tf.grid.hub.catalogue.browse.ContentShares.Share;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;

class ContentSharesTest {

  private static Node file(String name, long bytes) {
    return new FileNode(Name.of(name), DirectoryNode.ROOT.permissions(), 1, 1, bytes, List.of());
  }

  private static Node directory(String name) {
    return new DirectoryNode(Name.of(name), DirectoryNode.ROOT.permissions(), 1, 1);
  }

  @Test
  void directories_have_the_bytes_of_all_files_in_them() {
    ContentShares.Counter counter = new ContentShares.Counter(FlistPath.of("usr"));
    Node lib = directory("lib");
    Node small = file("small", 5);
    counter.add(FlistPath.of("usr/bin"), directory("bin"));
    counter.add(FlistPath.of("usr/lib"), lib);
    counter.add(FlistPath.of("usr/lib/a"), file("a", 10));
    counter.add(FlistPath.of("usr/lib/deep"), directory("deep"));
    counter.add(FlistPath.of("usr/lib/deep/b"), file("b", 20));
    counter.add(FlistPath.of("usr/small"), small);
    counter.add(FlistPath.of("usr/z"), file("z", 1));
    counter.add(FlistPath.of("usr/zero"), file("zero", 0));

    assertThat(counter.shares(2))
        .isEqualTo(new ContentShares(List.of(new Share(lib, 30), new Share(small, 5)), 1, 1, 36));
  }

  @Test
  void nothing_has_no_shares() {
    assertThat(new ContentShares.Counter(FlistPath.ROOT).shares(5))
        .isEqualTo(new ContentShares(List.of(), 0, 0, 0));
  }
}
