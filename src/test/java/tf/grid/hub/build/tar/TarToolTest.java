package tf.grid.hub.build.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made by the tar program of the machine, in every format that it writes. */
class TarToolTest {
  @TempDir private Path directory;

  @BeforeEach
  void needsGnuTar() throws Exception {
    assumeTrue(
        new String(run("tar", "--version"), StandardCharsets.UTF_8).contains("GNU tar"),
        "GNU tar is not installed");
  }

  private byte[] run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static Map<String, String> entries(byte[] archive) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    TarReader reader = new TarReader(new ByteArrayInputStream(archive), 1 << 20);
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      byte[] content = new byte[(int) entry.size()];
      reader.readFully(content, 0, content.length);
      String what =
          entry.type() == TarEntry.Type.FILE
              ? entry.size() + " " + Arrays.hashCode(content)
              : "-> " + entry.target();
      entries.put(
          entry.path().toString(),
          entry.type() + " 0" + Integer.toOctalString(entry.mode()) + " " + what);
    }
    return entries;
  }

  private String described(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    return "FILE 0644 " + content.length + " " + Arrays.hashCode(content);
  }

  private Path file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
  void every_format_gives_the_same_entries(String format) throws Exception {
    Path hello = file("tree/hello.txt", "hello");
    Path deep = file("tree/" + "d".repeat(40) + "/" + "f".repeat(40), "deep");
    Files.createSymbolicLink(directory.resolve("tree/link"), Path.of("hello.txt"));
    Files.createLink(directory.resolve("tree/second"), hello);
    Map<String, String> entries =
        entries(run("tar", "--format=" + format, "--sort=name", "-cf", "-", "tree"));
    assertThat(entries)
        .hasSize(6)
        .containsEntry("tree/hello.txt", described(hello))
        .containsEntry(directory.relativize(deep).toString(), described(deep))
        .containsEntry("tree/link", "SYMBOLIC_LINK 0777 -> hello.txt")
        .containsEntry("tree/second", "HARD_LINK 0644 -> tree/hello.txt");
    assertThat(entries.get("tree/")).startsWith("DIRECTORY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oldgnu", "gnu", "posix"})
  void long_names_and_targets_are_whole(String format) throws Exception {
    String name = "tree/" + "long-name/".repeat(20) + "ü".repeat(100);
    Path file = file(name, "found");
    String target = "elsewhere/".repeat(30);
    Files.createSymbolicLink(directory.resolve("tree/link"), Path.of(target));
    assertThat(entries(run("tar", "--format=" + format, "-cf", "-", "tree")))
        .containsEntry(name, described(file))
        .containsEntry(
            "tree/link", "SYMBOLIC_LINK 0777 -> " + target.substring(0, target.length() - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=oldgnu",
        "--format=gnu",
        "--format=posix --sparse-version=0.0",
        "--format=posix --sparse-version=0.1",
        "--format=posix --sparse-version=1.0"
      })
  void sparse_files_have_their_holes(String options) throws Exception {
    List<Path> files = new ArrayList<>();
    files.add(sparse("few", 3, 5_000_000));
    files.add(sparse("many", 90, 6_000_001));
    files.add(sparse("hole-only", 0, 1_000_000));
    Path after = file("zz", "what comes next");
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(
        List.of("--sparse", "--sort=name", "-cf", "-", "few", "hole-only", "many", "zz"));
    byte[] archive = run(command.toArray(String[]::new));
    assertThat(archive.length).as("tar has found the holes").isLessThan(2_000_000);
    Map<String, String> entries = entries(archive);
    for (Path file : files) {
      assertThat(entries).containsEntry(file.getFileName().toString(), described(file));
    }
    assertThat(entries).containsEntry("zz", described(after));
  }

  private Path sparse(String name, int regions, long size) throws IOException {
    Path path = file(name, "");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      for (int i = 0; i < regions; i++) {
        file.seek(i * 65_536L + (i % 2) * 4096L);
        file.write(("data " + i).repeat(300).getBytes(StandardCharsets.UTF_8));
      }
    }
    return path;
  }

  @Test
  void a_volume_label_is_no_entry() throws Exception {
    Path file = file("x", "content");
    assertThat(entries(run("tar", "--format=gnu", "-V", "label", "-cf", "-", "x")))
        .containsExactly(Map.entry("x", described(file)));
  }

  @Test
  void an_incremental_archive_has_its_directories_and_files() throws Exception {
    Path file = file("tree/x", "content");
    Map<String, String> entries =
        entries(run("tar", "--format=gnu", "-g", "snapshot", "-cf", "-", "tree"));
    assertThat(entries).containsEntry("tree/x", described(file));
    assertThat(entries.get("tree/")).startsWith("DIRECTORY");
  }

  @Test
  void owners_and_times_beyond_octal_digits_are_read() throws Exception {
    file("x", "content");
    for (String format : List.of("gnu", "posix")) {
      byte[] archive =
          run(
              "tar",
              "--format=" + format,
              "--owner=someone:4000000000",
              "--group=:3000000000",
              "--mtime=@-5.25",
              "-cf",
              "-",
              "x");
      TarEntry entry = new TarReader(new ByteArrayInputStream(archive), 1 << 20).next();
      assertThat(entry.uid()).isEqualTo(4_000_000_000L);
      assertThat(entry.gid()).isEqualTo(3_000_000_000L);
      assertThat(entry.user().toString()).isEqualTo("someone");
      assertThat(entry.modified()).isEqualTo(-6);
    }
  }
}
