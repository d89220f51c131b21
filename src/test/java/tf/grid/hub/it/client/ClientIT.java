package tf.grid.hub.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.image.bench.Program;

/** The built {@code hub-client.jar}, as a user runs it. */
@NeedsPrograms({"tar", "diff", "mkfifo"})
class ClientIT {
  private static final Path JAR = Path.of("target", "hub-client.jar").toAbsolutePath();
  private static final RunningHub HUB = RunningHub.shared();
  private static final int BIG = 3_000_000;

  @TempDir static Path home;
  private static Path tree;

  private record Run(int code, String out, String err) {}

  @BeforeAll
  static void log_in() throws Exception {
    tree = Files.createDirectories(home.resolve("tree"));
    Files.createDirectories(tree.resolve("etc/empty"));
    Files.writeString(tree.resolve("etc/motd"), "hello\n");
    Files.write(tree.resolve("big"), random(BIG));
    Files.createLink(tree.resolve("etc/again"), tree.resolve("big"));
    Files.createSymbolicLink(tree.resolve("etc/link"), Path.of("../big"));
    Program.run("mkfifo", tree.resolve("pipe").toString());
    assertThat(client("login", HUB.uri("").toString()).out()).endsWith(" as Administrator\n");
    Path saved = home.resolve("config/zero-os-hub/hubs.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_directory_is_pushed_changed_pushed_again_pulled_and_verified() throws Exception {
    JsonObject first = json(client("push", "--json", tree.toString(), "mine"));
    assertThat(first.getString("name")).isEqualTo("mine.flist");
    assertThat(first.getInt("sentChunks")).isPositive();
    assertThat(json(client("push", "--json", tree.toString(), "mine")).getInt("sentChunks"))
        .isZero();

    Files.writeString(tree.resolve("etc/motd"), "changed " + System.nanoTime());
    assertThat(json(client("push", "--json", tree.toString(), "mine2")).getInt("sentChunks"))
        .isEqualTo(1);
    Run compared = client("diff", "Administrator/mine", "Administrator/mine2");
    assertThat(compared.code()).isEqualTo(5);
    assertThat(compared.out().lines())
        .singleElement()
        .asString()
        .startsWith("! /etc/motd (content");

    Path copy = home.resolve("copy");
    client("pull", "Administrator/mine2", copy.toString());
    Program.run(
        "diff",
        "-r",
        "--no-dereference",
        tree.resolve("etc").toString(),
        copy.resolve("etc").toString());
    Program.run("diff", tree.resolve("big").toString(), copy.resolve("big").toString());
    assertThat(Files.getLastModifiedTime(copy.resolve("big")).toInstant().getEpochSecond())
        .isEqualTo(Files.getLastModifiedTime(tree.resolve("big")).toInstant().getEpochSecond());
    assertThat(client("pull", "Administrator/mine2", copy.toString()).code()).isEqualTo(1);
    assertThat(client("verify", "Administrator/mine2").out()).endsWith(": 0 missing, 0 damaged\n");
    assertThat(client("cat", "Administrator/mine", "/etc/motd").out()).isEqualTo("hello\n");
    assertThat(client("ls", "Administrator/mine").out()).isEqualTo("etc/\nbig\npipe\n");
  }

  @Test
  void a_pushed_directory_is_the_same_flist_as_its_uploaded_archive() throws Exception {
    client("push", "--metadata", "a=b", tree.resolve("etc").toString(), "by-client");
    Path archive = home.resolve("etc.tar");
    Program.run("tar", "cf", archive.toString(), "-C", tree.resolve("etc").toString(), ".");
    Uploader uploader = new Uploader(HUB.uri("/"));
    uploader.post(
        "/api/flist/me/upload",
        new Uploader.Form()
            .file("file", "by-upload.tar.gz", Files.readAllBytes(archive))
            .field("metadata-a", "b"));
    byte[] uploaded = uploader.download("/Administrator/by-upload.flist").body();
    assertThat(uploader.download("/Administrator/by-client.flist").body()).isEqualTo(uploaded);

    client("push", "--metadata", "a=b", archive.toString(), "by-archive");
    assertThat(uploader.download("/Administrator/by-archive.flist").body()).isEqualTo(uploaded);
  }

  @Test
  void exit_codes_tell_programs_what_failed() throws Exception {
    assertThat(client("ls").code()).isEqualTo(2);
    Run absent = client("ls", "Administrator/absent");
    assertThat(absent.code()).isEqualTo(3);
    assertThat(absent.err()).startsWith("hub-client: ");
    assertThat(client("--hub", "http://127.0.0.1:1", "whoami").code()).isEqualTo(2);
    assertThat(client("whoami", "--hub", "http://127.0.0.1:1").err())
        .startsWith("hub-client: cannot connect to http://127.0.0.1:1 ");
  }

  @Test
  void the_jar_contains_no_class_of_the_server() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.startsWith("tf/grid/hub/http") || name.contains("payara"))
          .noneMatch(name -> name.startsWith("jakarta/ws") || name.startsWith("redis"));
    }
  }

  private static Run client(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path errors = Files.createTempFile(home, "errors", "");
    builder.redirectError(errors.toFile());
    builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("HUB_"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), out, Files.readString(errors));
  }

  private static JsonObject json(Run run) {
    assertThat(run.code()).as(run.err()).isZero();
    return Json.createReader(new StringReader(run.out())).readObject();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(System.nanoTime()).nextBytes(bytes);
    return bytes;
  }
}
