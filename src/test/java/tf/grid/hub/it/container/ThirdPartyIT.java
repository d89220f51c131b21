package tf.grid.hub.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The licences of all libraries are in {@code THIRD-PARTY.txt}, which the archive contains. */
class ThirdPartyIT {
  private static final Path LIST = Path.of("THIRD-PARTY.txt");
  private static final Pattern COORDINATES =
      Pattern.compile("^[\\w.-]+:([\\w.-]+) {2,}\\S.* {2,}https://\\S+$", Pattern.MULTILINE);
  private static final Pattern JAR = Pattern.compile("WEB-INF/lib/(.+?)-\\d[^/]*\\.jar");

  /** By the beginning of the names of their classes. */
  private static final Map<String, String> CLIENT_LIBRARIES =
      Map.ofEntries(
          Map.entry("com/electronwill/nightconfig/core/", "com.electronwill.night-config:core"),
          Map.entry("com/electronwill/nightconfig/toml/", "com.electronwill.night-config:toml"),
          Map.entry("com/github/luben/zstd/", "com.github.luben:zstd-jni"),
          Map.entry("com/sun/jna/", "net.java.dev.jna:jna"),
          Map.entry("jakarta/json/", "jakarta.json:jakarta.json-api"),
          Map.entry("org/apache/commons/compress/", "org.apache.commons:commons-compress"),
          Map.entry("org/apache/commons/io/", "commons-io:commons-io"),
          Map.entry("org/apache/commons/lang3/", "org.apache.commons:commons-lang3"),
          Map.entry("org/capnproto/", "org.capnproto:runtime"),
          Map.entry("org/eclipse/parsson/", "org.eclipse.parsson:parsson"),
          Map.entry("org/sqlite/", "org.xerial:sqlite-jdbc"),
          Map.entry("org/tukaani/xz/", "org.tukaani:xz"),
          Map.entry("org/xerial/snappy/", "org.xerial.snappy:snappy-java"),
          Map.entry("picocli/", "info.picocli:picocli"));

  @Test
  void every_library_in_the_archive_has_its_licence_in_the_list() throws IOException {
    List<String> listed =
        COORDINATES
            .matcher(Files.readString(LIST))
            .results()
            .map((MatchResult line) -> line.group(1))
            .toList();
    try (ZipFile war = new ZipFile("target/hub.war")) {
      List<String> libraries =
          war.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
              .map(name -> JAR.matcher(name).replaceFirst("$1"))
              .toList();
      assertThat(listed)
          .as("add or remove a line of %s: coordinates, licence, home page", LIST)
          .containsExactlyInAnyOrderElementsOf(libraries);
      assertThat(war.getEntry("META-INF/THIRD-PARTY.txt")).isNotNull();
      assertThat(war.getEntry("META-INF/LICENSE")).isNotNull();
    }
  }

  @Test
  void every_library_in_the_client_has_its_licence_in_the_list() throws IOException {
    String list = Files.readString(LIST);
    String client = list.substring(list.indexOf("In hub-client.jar"));
    try (ZipFile jar = new ZipFile("target/hub-client.jar")) {
      assertThat(
              jar.stream()
                  .map(ZipEntry::getName)
                  .filter(name -> name.endsWith(".class") && !name.startsWith("tf/grid/hub/"))
                  .map(name -> libraryOf(name))
                  .distinct())
          .containsExactlyInAnyOrderElementsOf(CLIENT_LIBRARIES.values())
          .allSatisfy(library -> assertThat(client).containsPattern("\\b" + library + "\\b"));
      assertThat(jar.getEntry("META-INF/THIRD-PARTY.txt")).isNotNull();
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
    }
  }

  private static String libraryOf(String entry) {
    return CLIENT_LIBRARIES.entrySet().stream()
        .filter(library -> entry.startsWith(library.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the library of " + entry);
  }
}
