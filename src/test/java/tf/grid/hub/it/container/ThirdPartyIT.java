package tf.grid.hub.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
