package tf.grid.hub.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.field.TarWriters.Writer;
import tf.grid.hub.store.MemoryStore;

/**
 * A tree of everything that file systems can hold, packed by the tar writers of Debian in all of
 * their formats: the flist has the entries and bytes that GNU tar or bsdtar unpacks.
 */
@NeedsPrograms(
    value = {"tar", "bsdtar", "busybox", "python3", "perl", "cpio", "pax", "setfattr", "setfacl"},
    root = true)
class CorpusTest {
  @TempDir private static Path directory;
  private static FlistBuild build;

  @BeforeAll
  static void makeTree() throws IOException, InterruptedException {
    copy("/field/corpus/odd-tree.sh");
    for (String script : TarWriters.scripts()) {
      copy(script);
    }
    new Shell(directory).output("sh odd-tree.sh");
    MemoryStore store = new MemoryStore();
    build = new FlistBuild(store, store, directory);
  }

  @AfterAll
  static void close() throws IOException, InterruptedException {
    build.close();
    // JUnit warns about links that lead out of the directory.
    new Shell(directory).output("rm -rf tree");
  }

  private static void copy(String resource) throws IOException {
    try (InputStream in = CorpusTest.class.getResourceAsStream(resource)) {
      Files.copy(in, directory.resolve(Path.of(resource).getFileName().toString()));
    }
  }

  /** Go is large, so it is not installed for the tests. */
  static List<Writer> writers() {
    return TarWriters.all().stream()
        .filter(writer -> !writer.program().equals("go") || isInstalled(writer.program()))
        .toList();
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void a_flist_has_what_other_tools_unpack(Writer writer) throws Exception {
    new Shell(directory).run(writer.command() + " > archive.tar");
    FlistBuild.Converted flist;
    try (InputStream archive = Files.newInputStream(directory.resolve("archive.tar"))) {
      flist = build.convert(archive);
    }
    assertThat(flist.listing()).as("the entries of %s", writer).hasSizeGreaterThan(80);
    assertThat(new Judges(directory).differences("archive.tar", flist.listing())).isEmpty();
    assertThat(flist.warnings()).isEmpty();
  }
}
