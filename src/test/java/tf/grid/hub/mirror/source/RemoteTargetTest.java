package tf.grid.hub.mirror.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.catalogue.name.RepositoryName;

class RemoteTargetTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final RepositoryName CAROL = new RepositoryName("carol");

  @ParameterizedTest
  @CsvSource({
    "app.flist, app.flist, ../../carol/app.flist",
    "app, app.flist, ../../carol/app.flist",
    "bob/app.flist, ../bob/app.flist, ../../bob/app.flist",
    "alice/app.flist, ../carol/app.flist, ../../carol/app.flist",
    "bob/tags/v1, ../bob/.tag-v1, ../../bob/.tag-v1",
    "alice/tags/v1, ../carol/.tag-v1, ../../carol/.tag-v1",
    "bob/tags/v1/a.flist, ../bob/.tag-v1/a.flist, ../../bob/.tag-v1/a.flist",
  })
  void a_target_becomes_the_text_of_a_link(String target, String inRepository, String inTag) {
    RemoteTarget parsed = RemoteTarget.parse(target).orElseThrow();
    assertThat(parsed.text("../", CAROL, name -> name.equals(ALICE) ? CAROL : name))
        .isEqualTo(inRepository);
    assertThat(parsed.text("../../", CAROL, name -> name.equals(ALICE) ? CAROL : name))
        .isEqualTo(inTag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "..",
        "../app.flist",
        "/etc/passwd",
        "bob/../app.flist",
        "me/app.flist",
        "bob/labels/v1",
        "bob/tags/",
        "bob/tags/../a.flist",
        "bob/tags/v1/a/b",
        ".hidden.flist"
      })
  void other_texts_are_no_targets(String text) {
    assertThat(RemoteTarget.parse(text)).isEmpty();
  }

  @Test
  void a_control_character_is_no_name() {
    assertThat(RemoteTarget.parse("bob/a\nb.flist")).isEmpty();
  }
}
