package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.FlistClient.Entry;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;

/**
 * The main job, from outside: an archive goes in over HTTP, a flist comes out, and a reader that
 * knows the format's description only finds every byte of the archive through it.
 */
class MainJobIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");

  /** The JVM says this whenever the flags in payara/jvm.options are used. */
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  private final RunningHub hub = RunningHub.shared();
  private final Uploader client = new Uploader(hub.uri("/"));

  @ParameterizedTest
  @ValueSource(
      strings = {"sample-full", "sample-small", "sample-readme2", "merge-a", "sample-badutf8"})
  void what_is_uploaded_is_what_a_machine_reads(String sample) throws Exception {
    byte[] archive = sample(sample);
    HttpResponse<String> answer = client.upload(sample + ".tar.gz", archive);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).getString("status")).isEqualTo("success");
    assertReadsBack(sample, archive);
  }

  @Test
  void a_start_warns_of_nothing_but_the_incubator_module() {
    String start = hub.log().split("tf.grid.hub.wiring.start.Startup: Zero-OS hub", 2)[0];
    assertThat(start.lines())
        .filteredOn(line -> !line.equals(INCUBATOR))
        .noneMatch(line -> line.contains("WARN") || line.contains("SEVERE"));
  }

  @Test
  void files_with_tails_around_the_block_size_lose_nothing() throws Exception {
    byte[] archive = archiveOfSizes();
    assertThat(client.put("/api/flist/me/sizes.tar.gz", archive).statusCode()).isEqualTo(200);
    assertReadsBack("sizes", archive);
  }

  @Test
  void a_body_whose_length_is_not_told_is_read_to_its_end() throws Exception {
    byte[] archive = sample("sample-full");
    HttpResponse<String> answer = client.putInChunks("/api/flist/me/chunked", archive);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertReadsBack("chunked", archive);
  }

  @Test
  void the_answer_tells_true_counts() throws Exception {
    byte[] archive = sample("sample-full");
    JsonObject answer = json(client.upload("counted.tar.gz", archive));
    JsonObject payload = answer.getJsonObject("payload");
    assertThat(payload.getString("name")).isEqualTo("counted.flist");
    JsonObject files = payload.getJsonObject("files");
    assertThat(files.getBoolean("success")).isTrue();
    assertThat(files.isNull("error")).isTrue();
    assertThat(files.getInt("status")).isZero();
    JsonObject contents = json(client.get("/api/flist/Administrator/counted"));
    JsonObject counts = files.getJsonObject("response");
    for (String kind : new String[] {"regular", "symlink", "directory", "special", "failure"}) {
      assertThat(counts.getInt(kind)).as(kind).isEqualTo(contents.getInt(kind));
    }
    assertThat(counts.getInt("fullsize")).isEqualTo(contents.getInt("fullsize"));
    assertThat(contents.getJsonArray("content"))
        .hasSize(
            counts.getInt("regular")
                + counts.getInt("symlink")
                + counts.getInt("directory")
                + counts.getInt("special"));
  }

  @Test
  void a_semicolon_is_part_of_a_name() throws Exception {
    client.put("/api/flist/me/semi;colon.tar.gz", sample("sample-small"));
    assertThat(json(client.get("/api/flist/Administrator/semi;colon/light")).getString("name"))
        .isEqualTo("semi;colon.flist");
    assertThat(client.download("/Administrator/semi;colon.flist").statusCode()).isEqualTo(200);
    assertThat(client.get("/api/flist/Administrator/semi/light").statusCode()).isEqualTo(404);
  }

  @Test
  void the_same_archive_again_gives_the_same_file() throws Exception {
    byte[] archive = sample("sample-full");
    client.upload("same-1.tar.gz", archive);
    client.upload("same-2.tar.gz", archive);
    assertThat(client.download("/Administrator/same-1.flist").body())
        .isEqualTo(client.download("/Administrator/same-2.flist").body());
  }

  @Test
  void metadata_comes_from_the_form_the_readme_and_the_hub() throws Exception {
    Uploader.Form form =
        new Uploader.Form()
            .field("metadata-author", "Alice <a@b>")
            .field("metadata-readme", "reserved")
            .file("file", "with-metadata.tar.gz", sample("sample-full"))
            .field("metadata-late", "é☃")
            .field("unrelated", "ignored");
    assertThat(client.post("/api/flist/me/upload", form).statusCode()).isEqualTo(200);
    JsonObject metadata = json(client.get("/api/flist/Administrator/with-metadata/metadata"));
    assertThat(metadata.getString("author")).isEqualTo("Alice <a@b>");
    assertThat(metadata.getString("late")).isEqualTo("é☃");
    assertThat(metadata.getJsonObject("readme").getString("readme")).isNotEqualTo("reserved");
    assertThat(metadata.getJsonObject("backend").getInt("port")).isEqualTo(hub.gatewayPort());
    assertThat(metadata).doesNotContainKey("unrelated");
  }

  @Test
  void the_name_in_the_header_counts_more_than_the_files() throws Exception {
    byte[] archive = sample("sample-small");
    Uploader.Form form =
        new Uploader.Form()
            .file("file", "ignored.tar.gz", archive)
            .header("X-Original-Name", "/home/me/my app-1.0.tar.gz");
    assertThat(json(client.post("/api/flist/me/upload", form)).getJsonObject("payload"))
        .containsEntry("name", Json.createValue("my app-1.0.flist"));
  }

  /** A recorded archive, without the one entry whose name has a line break: that is refused. */
  private static byte[] sample(String name) throws IOException {
    byte[] packed = Files.readAllBytes(SAMPLES.resolve(name + ".tar.gz"));
    byte[] tar = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(kept)) {
      int at = 0;
      while (at < tar.length) {
        String entry = new String(tar, at, 100, ISO_8859_1);
        String size = new String(tar, at + 124, 11, ISO_8859_1).trim();
        long content = size.isEmpty() || tar[at] == 0 ? 0 : Long.parseLong(size, 8);
        int length = 512 + (int) ((content + 511) / 512 * 512);
        if (!entry.contains("\n")) {
          out.write(tar, at, length);
        }
        at += length;
      }
    }
    return kept.toByteArray();
  }

  private void assertReadsBack(String name, byte[] archive) throws Exception {
    Map<String, byte[]> expected = contents(archive);
    HttpResponse<byte[]> flist = client.download("/Administrator/" + name + ".flist");
    assertThat(flist.statusCode()).isEqualTo(200);
    try (FlistClient reader = new FlistClient(flist.body());
        ZdbConnection backend = new ZdbConnection("127.0.0.1", hub.gatewayPort())) {
      Map<String, Entry> entries = reader.entries();
      assertThat(entries.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
      for (Map.Entry<String, byte[]> file : expected.entrySet()) {
        Entry entry = entries.get(file.getKey());
        if (entry.kind().equals("file")) {
          assertThat(reader.content(entry, backend)).as(file.getKey()).isEqualTo(file.getValue());
          assertThat(entry.size()).isEqualTo(file.getValue().length);
        } else {
          assertThat(describe(entry).getBytes(ISO_8859_1))
              .as(file.getKey())
              .isEqualTo(file.getValue());
        }
      }
    }
  }

  /** Content of files; of everything else a text that {@link #describe(Entry)} also gives. */
  private static Map<String, byte[]> contents(byte[] archive) throws IOException {
    Map<String, byte[]> all = new HashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new ByteArrayInputStream(archive)), ISO_8859_1.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = ("/" + entry.getName()).replaceFirst("^/\\./", "/").replaceFirst("/$", "");
        if (entry.isLink()) {
          all.put(path, all.get(("/" + entry.getLinkName()).replaceFirst("^/\\./", "/")));
        } else if (!path.isEmpty() && !path.equals("/.")) {
          all.put(
              path, isRegular(entry) ? tar.readAllBytes() : describe(entry).getBytes(ISO_8859_1));
        }
      }
    }
    return all;
  }

  /** The library's own {@code isFile} is true of links too. */
  private static boolean isRegular(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isSymbolicLink()
        && !entry.isFIFO()
        && !entry.isBlockDevice()
        && !entry.isCharacterDevice();
  }

  private static String describe(TarArchiveEntry entry) {
    if (entry.isSymbolicLink()) {
      return "link 777 " + entry.getLinkName();
    }
    String mode = Integer.toOctalString(entry.getMode() & 07777);
    if (entry.isDirectory()) {
      return "directory " + mode + " ";
    }
    String device = entry.getDevMajor() + "," + entry.getDevMinor();
    if (entry.isFIFO()) {
      return "special 3 " + mode + " (nothing)";
    }
    return "special " + (entry.isBlockDevice() ? 1 : 2) + " " + mode + " " + device;
  }

  private static String describe(Entry entry) {
    return entry.kind() + " " + Integer.toOctalString(entry.mode()) + " " + entry.detail();
  }

  private static byte[] archiveOfSizes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Random random = new Random(7);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      int block = 512 * 1024;
      for (int size :
          new int[] {
            0, 1, 3, 4, block - 1, block, block + 1, 32 * block, 32 * block + 1, 40_000_000
          }) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        java.util.Arrays.fill(content, size / 2, size, (byte) 'x');
        TarArchiveEntry entry = new TarArchiveEntry("data/size-" + size);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
      TarArchiveEntry directory = new TarArchiveEntry("data/");
      directory.setMode(0755);
      tar.putArchiveEntry(directory);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }
}
