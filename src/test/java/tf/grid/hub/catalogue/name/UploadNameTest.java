package tf.grid.hub.catalogue.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadNameTest {

  @ParameterizedTest
  @CsvSource({
    "sample.tar.gz, sample",
    "Mon Fichier é.tar.gz, Mon_Fichier_e",
    "../../../srv/p.tar.gz, srv_p",
    "app.tar.gz.tar.gz, app.tar.gz",
    ".tar.gz, tar.gz",
    "日本.tar.gz, tar.gz",
    "a<b>c'\"d.tar.gz, abcd",
    "_x_.tar.gz, x_",
    "C:\\Users\\me\\app.tar.gz, app",
    "x.tgz, x",
    "x.tar, x",
    "x.tar.bz2, x",
    "x.tar.xz, x",
    "x.txz, x",
    "x.TBZ2, x",
    "x.tbz, x",
    "x.tzst, x",
    "x.Tar.Zst, x",
    "x.TAR.GZ, x",
    "x.tar.tar.gz, x.tar",
    "x.gz, x.gz",
    "two  blanks\tand tab.tar.gz, two_blanks_and_tab",
  })
  void the_name_of_a_forms_file_is_made_plain(String fileName, String name) {
    assertThat(UploadName.of(Optional.empty(), fileName)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "renamed.tar.gz, renamed",
    "/srv/renamed.TGZ, renamed",
    "plain-name, plain-name",
    "already.flist, already.flist",
    "../../escape/../evil.tar.gz, evil",
    "My App 1.0 (x).tar.gz, My App 1.0 (x)",
    "/home/me/app:1.2.tar.gz, app:1.2",
    "'', ''",
    ".., ..",
  })
  void the_original_name_keeps_its_last_component_as_it_is(String header, String name) {
    assertThat(UploadName.of(Optional.of(header), "ignored.tar.gz")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x.zip", "x.flist", "x.tar.gz.part", "x.gz", "tar.gz", "x.tar.lz4", "x.tar\n"})
  void other_endings_are_no_archives(String fileName) {
    assertThat(UploadName.isArchive(fileName)).isFalse();
  }

  @Test
  void an_original_name_in_utf_8_survives_the_servers_latin_decoding() {
    String asDecoded =
        new String("é.tar.gz".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(UploadName.of(Optional.of(asDecoded), "x.tar.gz")).isEqualTo("é");
  }

  @Test
  void an_original_name_that_is_latin_stays_readable() {
    assertThat(UploadName.of(Optional.of("é.tar.gz"), "x.tar.gz")).isEqualTo("é");
  }

  @Test
  void bytes_of_another_encoding_are_no_control_characters_of_latin() {
    assertThat(UploadName.of(Optional.of("/\u008a/\u008a\u00c2\u008b\u00ab.tar.gz"), "x.tar.gz"))
        .isEqualTo("\u00c2\u00ab");
  }
}
