package tf.grid.hub.build.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.GnuPrefix;

/** One tree, packed by the programs of the machine that are not GNU tar. */
@NeedsPrograms({"bsdtar", "busybox", "pax", "cpio", "python3"})
class OtherWritersTest {
  @TempDir private Path directory;

  @BeforeEach
  void makeTree() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree/d"));
    Files.writeString(tree.resolve("hello"), "hello");
    Files.writeString(tree.resolve("new\nline"), "lines");
    Files.writeString(tree.resolve("empty"), "");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("hello"));
    run(
        "sh",
        "-c",
        "printf odd > \"tree/d/$(printf '\\212\\302\\213\\253')\"; find tree -print0 > list");
  }

  private byte[] run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(Await.result(process.onExit()).exitValue()).isZero();
    return output;
  }

  private static Map<String, String> entries(byte[] archive, List<String> warnings)
      throws IOException {
    Map<String, String> entries = new TreeMap<>();
    ArchiveWarnings told = new ArchiveWarnings();
    TarReader reader =
        new TarReader(
            new ByteArrayInputStream(archive),
            new TarOptions(1 << 20, TarEnd.MARKED, GnuPrefix.IGNORED),
            told);
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      byte[] content = new byte[(int) entry.size()];
      reader.readFully(content, 0, content.length);
      entries.put(entry.path().toString(), entry.type() + " " + new String(content, UTF_8));
    }
    warnings.addAll(told.texts());
    return entries;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bsdtar --format=v7tar -cf - tree",
        "bsdtar --format=ustar -cf - tree",
        "bsdtar --format=gnutar -cf - tree",
        "bsdtar --format=pax --options=hdrcharset=BINARY -cf - tree",
        "busybox tar cf - tree",
        "pax -w -x ustar tree",
        "cpio -0 -o -H ustar < list",
        "cpio -0 -o -H tar < list",
        "python3 -c \"import sys,tarfile as t; "
            + "a=t.open(fileobj=sys.stdout.buffer, mode='w|'); a.add('tree'); a.close()\""
      })
  void what_others_write_is_read_without_warnings(String command) throws Exception {
    List<String> warnings = new ArrayList<>();
    Map<String, String> entries = entries(run("sh", "-c", command), warnings);
    assertThat(entries)
        .containsEntry("tree/d/hello", "FILE hello")
        .containsEntry("tree/d/new\nline", "FILE lines")
        .containsEntry("tree/d/empty", "FILE ")
        .containsEntry("tree/d/link", "SYMBOLIC_LINK ")
        .containsEntry("tree/d/\uFFFD\u008b\uFFFD", "FILE odd")
        .hasSize(7);
    assertThat(warnings).isEmpty();
  }
}
