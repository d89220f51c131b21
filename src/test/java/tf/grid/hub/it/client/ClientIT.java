package tf.grid.hub.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.BreakableLine;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.image.bench.Program;
import tf.grid.hub.it.client.ClientProgram.Run;

/** The built {@code hub-client.jar}, as a user runs it. */
@NeedsPrograms({"tar", "diff", "mkfifo"})
class ClientIT {
  private static final RunningHub HUB = RunningHub.shared();
  private static final int BIG = 3_000_000;
  private static final int SPARSE = 4 << 20;

  @TempDir static Path home;
  private static Path tree;

  @BeforeAll
  static void log_in() throws Exception {
    tree = Files.createDirectories(home.resolve("tree"));
    Files.createDirectories(tree.resolve("etc/empty"));
    Files.writeString(tree.resolve("etc/motd"), "hello\n");
    Files.write(tree.resolve("big"), random(BIG));
    Files.writeString(tree.resolve("etc/.README.md"), "# About\n");
    try (RandomAccessFile sparse =
        new RandomAccessFile(tree.resolve("etc/sparse").toFile(), "rw")) {
      sparse.seek(SPARSE - 1);
      sparse.write(1);
    }
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
    JsonObject first = client("push", "--json", tree.toString(), "mine").json();
    assertThat(first.getString("name")).isEqualTo("mine.flist");
    assertThat(first.getInt("sentChunks")).isPositive();
    assertThat(client("push", "--json", tree.toString(), "mine").json().getInt("sentChunks"))
        .isZero();

    Files.writeString(tree.resolve("etc/motd"), "changed " + System.nanoTime());
    assertThat(client("push", "--json", tree.toString(), "mine2").json().getInt("sentChunks"))
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
  void a_push_goes_on_after_its_connections_break() throws Exception {
    Path fresh = Files.createDirectories(home.resolve("fresh"));
    byte[] content = random(30_000_000);
    Files.write(fresh.resolve("content"), content);
    try (BreakableLine line = new BreakableLine()) {
      line.lead(HUB.port());
      Thread saw =
          new Thread(
              () -> {
                for (int cuts = 0; cuts < 5; cuts++) {
                  long seen = line.connections();
                  Await.until("another connection", () -> line.connections() > seen);
                  line.cut();
                }
              });
      saw.setDaemon(true);
      saw.start();
      String hub = "http://127.0.0.1:" + line.port();
      Run pushed = client("push", "--hub", hub, fresh.toString(), "resumed");
      assertThat(pushed.code()).as(pushed.err()).isZero();
    }
    Path copy = home.resolve("resumed");
    client("pull", "Administrator/resumed", copy.toString());
    assertThat(copy.resolve("content")).hasBinaryContent(content);
  }

  @Test
  void chunks_may_go_over_the_protocol_of_0_db() throws Exception {
    Path fresh = Files.createDirectories(home.resolve("zdb"));
    Files.write(fresh.resolve("content"), random(BIG));
    String[] push = {
      "push", "--json", "--backend", "127.0.0.1:" + HUB.gatewayPort(), fresh.toString(), "zdb"
    };
    assertThat(client(push).json().getInt("sentChunks")).isEqualTo(6);
    assertThat(client(push).json().getInt("sentChunks")).isZero();
    assertThat(client("verify", "Administrator/zdb").out()).startsWith("6 chunks: 0 missing");
    push[3] = "127.0.0.1:1";
    Run refused = client(push);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("cannot reach the backend 127.0.0.1:1");
  }

  @Test
  void every_command_prints_json_for_programs() throws Exception {
    Path files = Files.createDirectories(home.resolve("files"));
    Files.createDirectories(files.resolve("empty"));
    Files.write(files.resolve("one"), random(1000));
    Files.createLink(files.resolve("two"), files.resolve("one"));
    client("push", files.toString(), "json");
    assertThat(client("whoami", "--json").json().getString("username")).isEqualTo("Administrator");
    assertThat(client("hubs", "--json").json().getBoolean("current")).isTrue();
    assertThat(client("tree", "--json", "Administrator/json").jsonLines())
        .extracting(entry -> entry.getString("path"))
        .containsExactly("/empty", "/one", "/two");
    List<JsonObject> sizes = client("du", "--json", "Administrator/json").jsonLines();
    assertThat(sizes.get(sizes.size() - 1).getString("path")).isEqualTo("/");
    assertThat(sizes.get(sizes.size() - 1).getInt("size")).isEqualTo(2000);
    assertThat(sizes.get(sizes.size() - 1).getInt("distinct")).isEqualTo(1000);
    JsonObject verified = client("verify", "--json", "Administrator/json").json();
    assertThat(verified.getInt("chunks")).isEqualTo(1);
    assertThat(verified.getInt("missing") + verified.getInt("damaged")).isZero();
    assertThat(verified.getJsonArray("problems")).isEmpty();
    Path copy = home.resolve("json");
    JsonObject pulled = client("pull", "--json", "Administrator/json", copy.toString()).json();
    assertThat(pulled.getInt("files")).isEqualTo(2);
    assertThat(client("stat", "--json", "Administrator/json").json().getJsonObject("metadata"))
        .containsKey("backend");
    assertThat(client("mv", "--json", "json", "json2").json().getString("status"))
        .isEqualTo("success");
    assertThat(client("rm", "--json", "json2").json().getString("status")).isEqualTo("success");
  }

  @Test
  void a_reproducible_push_depends_on_the_files_that_are_not_excluded_only() throws Exception {
    Path files = Files.createDirectories(home.resolve("reproducible"));
    Files.createDirectories(files.resolve("build/deep"));
    Files.writeString(files.resolve("kept"), "kept");
    Files.writeString(files.resolve("build/kept.txt"), "kept too");
    String[] push = {
      "push",
      "--reproducible",
      "--exclude",
      "*.log",
      "--exclude",
      "build/deep",
      files.toString(),
      ""
    };
    push[push.length - 1] = "first";
    assertThat(client(push).code()).isZero();
    Files.setLastModifiedTime(files.resolve("kept"), FileTime.fromMillis(0));
    Files.writeString(files.resolve("build/some.log"), "left out");
    Files.writeString(files.resolve("build/deep/file"), "left out too");
    push[push.length - 1] = "second";
    assertThat(client(push).code()).isZero();
    Uploader uploader = new Uploader(HUB.uri("/"));
    assertThat(uploader.download("/Administrator/second.flist").body())
        .isEqualTo(uploader.download("/Administrator/first.flist").body());
    assertThat(client("find", "Administrator/second").out())
        .isEqualTo("/build\n/build/kept.txt\n/kept\n");
  }

  @Test
  void flists_are_linked_tagged_copied_and_merged() throws Exception {
    Path files = Files.createDirectories(home.resolve("changes"));
    Files.writeString(files.resolve("a"), "of both");
    client("push", files.toString(), "base");
    Files.writeString(files.resolve("b"), "of one");
    client("push", files.toString(), "more");
    assertThat(client("ln", "base", "latest").out()).isEqualTo("Linked latest to base\n");
    assertThat(client("ln", "Administrator/base", "other").code()).isZero();
    assertThat(client("tag", "v1", "app", "Administrator/base").code()).isZero();
    assertThat(client("ln", "Administrator/tags/v1", "stable").code()).isZero();
    assertThat(client("promote", "Administrator/more", "copied").code()).isZero();
    assertThat(client("merge", "merged", "Administrator/base", "Administrator/more").code())
        .isZero();
    assertThat(client("diff", "--times", "Administrator/merged", "Administrator/copied").code())
        .isZero();
    assertThat(client("ls", "Administrator").out().lines())
        .anyMatch(line -> line.matches("symlink .* [KM]?i?B  latest.flist -> base.flist"))
        .anyMatch(line -> line.matches("symlink .*other.flist -> .*Administrator/base.flist"))
        .anyMatch(line -> line.matches("taglink .*stable.* -> .*tags/v1"));
    assertThat(client("untag", "v1", "app", "Administrator/base").code()).isZero();
    Run removed = client("rm", "base");
    assertThat(removed.code()).isZero();
    assertThat(removed.err()).contains("this link is broken now: ");
  }

  @Test
  void logins_are_in_the_home_directory_of_the_environment() throws Exception {
    Path user = Files.createDirectories(home.resolve("user"));
    Map<String, String> environment =
        Map.of("HOME", user.toString(), "XDG_CONFIG_HOME", "", "XDG_CACHE_HOME", "");
    assertThat(new ClientProgram(home, environment).run("login", HUB.uri("").toString()).code())
        .isZero();
    assertThat(user.resolve(".config/zero-os-hub/hubs.json")).exists();
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
    try (ZipFile jar = new ZipFile(ClientProgram.JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.startsWith("tf/grid/hub/http") || name.contains("payara"))
          .noneMatch(name -> name.startsWith("jakarta/ws") || name.startsWith("redis"));
    }
  }

  @Test
  void the_jar_contains_all_classes_that_its_own_classes_refer_to() throws IOException {
    try (JarFile jar = new JarFile(ClientProgram.JAR.toFile())) {
      Set<String> classes =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
              .collect(Collectors.toSet());
      ClassFileImporter importer =
          new ClassFileImporter().withImportOption(location -> location.contains("tf/grid/hub/"));
      assertThat(importer.importJar(jar))
          .flatExtracting(JavaClass::getDirectDependenciesFromSelf)
          .extracting(dependency -> dependency.getTargetClass().getBaseComponentType().getName())
          .filteredOn(
              name -> name.indexOf('.') > 0 && !name.matches("(java|jdk|com\\.sun\\.management).*"))
          .isSubsetOf(classes);
    }
  }

  private static Run client(String... arguments) throws Exception {
    return new ClientProgram(home, Map.of()).run(arguments);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(System.nanoTime()).nextBytes(bytes);
    return bytes;
  }
}
