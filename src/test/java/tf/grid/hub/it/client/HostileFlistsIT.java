package tf.grid.hub.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.HubClient;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.BadFlists;
import tf.grid.hub.flist.file.Forge;
import tf.grid.hub.flist.file.GeneratedTree;

/** Whatever is in a flist: to restore it, or its archive, changes nothing outside the target. */
@NeedsPrograms({"tar", "bsdtar"})
class HostileFlistsIT {
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));
  private static final Permissions SET_UID =
      new Permissions(Name.of("root"), Name.of("root"), 07777, 0, 0);

  @TempDir Path work;
  private Path outside;
  private Path published;

  @BeforeEach
  void prepare() throws IOException {
    outside = Files.createDirectories(work.resolve("outside"));
    Files.writeString(outside.resolve("victim"), "untouched");
    CLIENT.upload("any.tar.gz", new TarBytes().file("f", "x").gzip());
    published = HUB.dataDirectory().resolve("public/users/Administrator/hostile.flist");
  }

  @AfterEach
  void remove() throws IOException {
    Files.deleteIfExists(published);
  }

  @Test
  void nothing_outside_the_target_changes() throws IOException {
    Map<String, byte[]> hostile = new LinkedHashMap<>(BadFlists.all(work));
    hostile.putAll(trees());
    assertThat(hostile).hasSizeGreaterThan(30);
    for (Map.Entry<String, byte[]> flist : hostile.entrySet()) {
      pull(flist.getKey(), flist.getValue());
      export(flist.getKey(), flist.getValue());
    }
  }

  private void pull(String what, byte[] flist) throws IOException {
    Path file = Files.write(work.resolve("local.flist"), flist);
    Path target = work.resolve("inside");
    CommandLine client = HubClient.commandLine();
    StringWriter said = new StringWriter();
    client.setOut(new PrintWriter(said));
    client.setErr(new PrintWriter(said));
    String hub = HUB.uri("").toString();
    client.execute("pull", "--hub", hub, file.toString(), target.toString());
    assertThat(said.toString().lines()).as(what).noneMatch(line -> line.indexOf('\u001b') >= 0);
    assertUntouched(what + ", pulled");
    assertThat(isEmptied(target)).as(what).isTrue();
  }

  private void export(String what, byte[] flist) throws IOException {
    Files.write(published, flist);
    HttpResponse<byte[]> answer = CLIENT.download("/api/flist/Administrator/hostile/archive.tar");
    assertThat(answer.statusCode()).as(what).isIn(200, 500);
    if (answer.statusCode() == 200) {
      Path archive = Files.write(work.resolve("hostile.tar"), answer.body());
      for (String program : List.of("tar", "bsdtar")) {
        Path target = Files.createDirectories(work.resolve("inside"));
        unpack(program, archive, target);
        assertUntouched(what + ", unpacked by " + program);
        assertThat(isEmptied(target)).as(what).isTrue();
      }
    }
  }

  private static void unpack(String program, Path archive, Path target) throws IOException {
    Process process =
        new ProcessBuilder(program, "xf", archive.toString(), "-C", target.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
  }

  private void assertUntouched(String what) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as(what)
          .isSubsetOf("outside", "inside", "local.flist", "hostile.tar");
    }
    try (Stream<Path> files = Files.list(outside)) {
      assertThat(files).as(what).containsExactly(outside.resolve("victim"));
    }
    assertThat(Files.readString(outside.resolve("victim"))).as(what).isEqualTo("untouched");
  }

  /** Deletes the target, of which links are not followed. */
  private static boolean isEmptied(Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : (Iterable<Path>) files.sorted((a, b) -> b.compareTo(a))::iterator) {
        Files.delete(file);
      }
    }
    return true;
  }

  /** Trees that are valid, but not harmless. */
  private Map<String, byte[]> trees() throws IOException {
    Map<String, byte[]> trees = new LinkedHashMap<>();
    trees.put("a link out", flist(link("up", "../outside")));
    trees.put("an absolute link", flist(link("up", outside.toString())));
    trees.put("a link to the root", flist(link("root", "/")));
    trees.put("a link with a line break", flist(link("line", "a\nb\u001b[2J")));
    trees.put(
        "a directory beside a link to it",
        new GeneratedTree()
            .with(FlistPath.of("a"), link("a", "../outside"))
            .with(FlistPath.of("b"), directory("b"))
            .with(FlistPath.of("b/victim"), file("victim", SET_UID))
            .flist(work));
    trees.put(
        "a link in a directory of the name of the victim",
        new GeneratedTree()
            .with(FlistPath.of("outside"), directory("outside"))
            .with(FlistPath.of("outside/victim"), link("victim", "../../outside/victim"))
            .flist(work));
    trees.put("an escape sequence", flist(file("\u001b]0;evil\u0007\u001b[2J", SET_UID)));
    trees.put("a line break", flist(file("a\nb", SET_UID)));
    trees.put("an option", flist(file("--checkpoint-action=exec=touch victim", SET_UID)));
    trees.put("another option", flist(file("-rf", SET_UID)));
    trees.put("a name of 255 bytes", flist(file("n".repeat(255), SET_UID)));
    trees.put("a name of 256 bytes", flist(file("n".repeat(256), SET_UID)));
    trees.put("a device", flist(special(SpecialNode.Type.CHARACTER, "1,3")));
    trees.put("a device of text", flist(special(SpecialNode.Type.BLOCK, "a,b")));
    trees.put("a pipe", flist(special(SpecialNode.Type.FIFO, SpecialNode.NOTHING)));
    trees.put("a socket", flist(special(SpecialNode.Type.SOCKET, SpecialNode.NOTHING)));
    trees.put("a file that is longer than its chunks", Forge.withLostTail(work));
    return trees;
  }

  private byte[] flist(Node node) throws IOException {
    return new GeneratedTree().with(FlistPath.ROOT.child(node.name()), node).flist(work);
  }

  private static LinkNode link(String name, String target) {
    return new LinkNode(Name.of(name), Permissions.ROOT_DIRECTORY, 0, 0, Name.of(target));
  }

  private static DirectoryNode directory(String name) {
    return new DirectoryNode(Name.of(name), Permissions.ROOT_DIRECTORY, 0, 0);
  }

  private static FileNode file(String name, Permissions owner) {
    return new FileNode(Name.of(name.getBytes(UTF_8)), owner, 0, 0, 0, List.of());
  }

  private static SpecialNode special(SpecialNode.Type type, String data) {
    return new SpecialNode(Name.of("special"), SET_UID, 0, 0, type, data);
  }
}
