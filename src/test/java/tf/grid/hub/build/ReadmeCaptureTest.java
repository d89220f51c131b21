package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.build.tar.TarBytes;

class ReadmeCaptureTest {
  private final Builds builds = new Builds();

  @AfterEach
  void close() {
    builds.close();
  }

  private Optional<String> readme(TarBytes archive) throws Exception {
    try (BuiltTree tree = builds.build(archive.gzip())) {
      return tree.readme();
    }
  }

  @Test
  void the_readme_at_the_root_is_kept_as_text_and_as_a_file() throws Exception {
    try (BuiltTree tree =
        builds.build(new TarBytes().file("./.README.md", "# Grüße").file("f", "x").gzip())) {
      assertThat(tree.readme()).contains("# Grüße");
      assertThat(builds.content(Builds.nodes(tree).get("/.README.md")))
          .asString()
          .isEqualTo("# Grüße");
    }
  }

  @Test
  void the_markdown_one_goes_first_in_any_order() throws Exception {
    assertThat(readme(new TarBytes().file(".README", "plain"))).contains("plain");
    assertThat(readme(new TarBytes().file(".README", "plain").file(".README.md", "md")))
        .contains("md");
    assertThat(readme(new TarBytes().file(".README.md", "md").file(".README", "plain")))
        .contains("md");
  }

  @Test
  void a_later_entry_of_the_name_wins() throws Exception {
    assertThat(readme(new TarBytes().file(".README.md", "old").file(".README.md", "new")))
        .contains("new");
    assertThat(readme(new TarBytes().file(".README.md", "old").symbolicLink(".README.md", "x")))
        .isEmpty();
  }

  @Test
  void links_and_files_elsewhere_are_no_readme() throws Exception {
    assertThat(readme(new TarBytes().symbolicLink(".README.md", "/etc/passwd"))).isEmpty();
    assertThat(readme(new TarBytes().file("sub/.README.md", "x"))).isEmpty();
    assertThat(readme(new TarBytes().file("README.md", "x"))).isEmpty();
    assertThat(readme(new TarBytes().directory(".README.md"))).isEmpty();
  }

  @Test
  void bytes_that_are_no_text_are_no_readme() throws Exception {
    assertThat(readme(new TarBytes().file(".README.md", new byte[] {'a', (byte) 0xFF}))).isEmpty();
    assertThat(readme(new TarBytes().file(".README.md", "a\0b"))).isEmpty();
  }

  @Test
  void the_longest_one_counts_and_a_longer_one_does_not() throws Exception {
    assertThat(readme(new TarBytes().file(".README.md", "x".repeat(Readme.MAX_BYTES))))
        .hasValueSatisfying(text -> assertThat(text).hasSize(Readme.MAX_BYTES));
    assertThat(readme(new TarBytes().file(".README.md", "x".repeat(Readme.MAX_BYTES + 1))))
        .isEmpty();
  }

  @Test
  void an_empty_readme_is_an_empty_text() throws Exception {
    assertThat(readme(new TarBytes().file(".README.md", ""))).contains("");
  }

  @Test
  void both_names_of_one_file_read_the_same() throws Exception {
    assertThat(
            readme(
                new TarBytes()
                    .file(".README", "text")
                    .hardLink(".README.md", ".README")
                    .symbolicLink(".README", "away")))
        .contains("text");
  }
}
