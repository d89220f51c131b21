package tf.grid.hub.site.flist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.site.flist.EntryView.Breadcrumb;

class NodeRowTest {

  private static final Permissions ROOT = DirectoryNode.ROOT.permissions();

  @ParameterizedTest
  @CsvSource({
    "644, -rw-r--r--",
    "755, -rwxr-xr-x",
    "0, ----------",
    "4755, -rwsr-xr-x",
    "4644, -rwSr--r--",
    "2755, -rwxr-sr-x",
    "2745, -rwxr-Sr-x",
    "1777, -rwxrwxrwt",
    "1776, -rwxrwxrwT",
    "7777, -rwsrwsrwt"
  })
  void modes_are_written_as_ls_does(String octal, String text) {
    Permissions permissions =
        new Permissions(Name.EMPTY, Name.EMPTY, Integer.parseInt(octal, 8), 1, 2);
    FileNode file = new FileNode(Name.of("a"), permissions, 0, 0, 5, List.of());

    assertThat(NodeRow.of(FlistPath.ROOT, file).mode()).isEqualTo(text);
  }

  @Test
  void a_directory_ends_in_a_slash_and_has_no_size() {
    NodeRow row = NodeRow.of(FlistPath.of("usr"), new DirectoryNode(Name.of("a b"), ROOT, 60, 60));

    assertThat(row.kind()).isEqualTo("directory");
    assertThat(row.name()).isEqualTo("a b/");
    assertThat(row.address()).isEqualTo("?path=/usr/a%20b");
    assertThat(row.size()).isNegative();
    assertThat(row.modified()).isEqualTo(Instant.ofEpochSecond(60));
  }

  @Test
  void control_characters_are_shown_as_their_bytes_and_addressed_as_they_are() {
    Name name = Name.of("a\nb\u001b[31m");
    FlistPath parent = FlistPath.ROOT.child(name);
    NodeRow row = NodeRow.inFull(parent, new LinkNode(name, ROOT, 0, 0, name));

    assertThat(row.name()).isEqualTo("a\\x0ab\\x1b[31m/a\\x0ab\\x1b[31m");
    assertThat(row.detail()).isEqualTo("→ a\\x0ab\\x1b[31m");
    assertThat(row.address()).isEqualTo("?path=/a%0Ab%1B%5B31m/a%0Ab%1B%5B31m");
    assertThat(Breadcrumb.above(parent.child(name)).get(0).text()).isEqualTo("a\\x0ab\\x1b[31m");
  }

  @Test
  void a_link_tells_where_it_leads() {
    NodeRow row =
        NodeRow.of(FlistPath.ROOT, new LinkNode(Name.of("l"), ROOT, 0, 0, Name.of("../<b>")));

    assertThat(row.detail()).isEqualTo("→ ../<b>");
    assertThat(row.mode()).startsWith("l");
    assertThat(row.size()).isNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "SOCKET, s, socket",
    "BLOCK, b, block device",
    "CHARACTER, c, character device",
    "FIFO, p, named pipe",
    "UNKNOWN, ?, special file"
  })
  void special_files_are_called_by_their_kind(SpecialNode.Type type, String letter, String kind) {
    NodeRow row =
        NodeRow.of(FlistPath.ROOT, new SpecialNode(Name.of("s"), ROOT, 0, 0, type, "1,3"));

    assertThat(row.kind()).isEqualTo(kind);
    assertThat(row.mode()).startsWith(letter);
    assertThat(row.detail()).isEqualTo("1,3");
  }

  @Test
  void owners_are_numbers_unless_there_are_none() {
    assertThat(row(new Permissions(Name.of("web"), Name.of("www"), 0644, 33, 34)).owner())
        .isEqualTo("33:34");
    assertThat(row(new Permissions(Name.of("web"), Name.of("www"), 0644, -1, -1)).owner())
        .isEqualTo("web:www");
  }

  private static NodeRow row(Permissions permissions) {
    return NodeRow.of(FlistPath.ROOT, new FileNode(Name.of("a"), permissions, 0, 0, 5, List.of()));
  }
}
