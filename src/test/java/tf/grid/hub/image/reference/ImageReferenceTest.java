package tf.grid.hub.image.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What texts mean as names of images. */
class ImageReferenceTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io, library/busybox, latest, busybox-latest",
    "busybox:1.36, docker.io, library/busybox, 1.36, busybox-1.36",
    "user/x:tag, docker.io, user/x, tag, user-x-tag",
    "a/b/c, docker.io, a/b/c, latest, a-b-c-latest",
    "docker.io/busybox, docker.io, library/busybox, latest, docker.io-busybox-latest",
    "docker.io/library/x, docker.io, library/x, latest, docker.io-library-x-latest",
    "index.docker.io/user/x, docker.io, user/x, latest, index.docker.io-user-x-latest",
    "ghcr.io/org/app:1.2, ghcr.io, org/app, 1.2, ghcr.io-org-app-1.2",
    "host:5000/x, host:5000, x, latest, host-5000-x-latest",
    "host:5000/x:y, host:5000, x, y, host-5000-x-y",
    "localhost/x, localhost, x, latest, localhost-x-latest",
    "localhost:5000/a/b, localhost:5000, a/b, latest, localhost-5000-a-b-latest",
    "[::1]:5000/x:y, [::1]:5000, x, y, [--1]-5000-x-y",
    "[2001:db8::1]/x, [2001:db8::1], x, latest, [2001-db8--1]-x-latest",
    "192.0.2.1/x, 192.0.2.1, x, latest, 192.0.2.1-x-latest",
    "Upper/x, Upper, x, latest, Upper-x-latest",
    "u/a--b__c.d/e_f, docker.io, u/a--b__c.d/e_f, latest, u-a--b__c.d-e_f-latest",
    "x:Tag_1.0-rc, docker.io, library/x, Tag_1.0-rc, x-Tag_1.0-rc",
  })
  void a_name_has_a_registry_a_repository_and_a_version(
      String text, String registry, String repository, String version, String flist) {
    ImageReference reference = ImageReference.parse(text);
    assertThat(reference.registry().value()).isEqualTo(registry);
    assertThat(reference.repository()).isEqualTo(repository);
    assertThat(reference.version()).isEqualTo(version);
    assertThat(reference.flistName()).isEqualTo(flist);
    assertThat(reference).hasToString(text);
  }

  @Test
  void a_digest_decides_over_a_tag() {
    ImageReference reference = ImageReference.parse("ghcr.io/x:tag@sha256:" + HEX);
    assertThat(reference.version()).isEqualTo("sha256:" + HEX);
    assertThat(reference.tag()).contains("tag");
    assertThat(reference.flistName()).isEqualTo("ghcr.io-x-tag-sha256-" + HEX);
  }

  @Test
  void a_digest_needs_no_tag() {
    ImageReference reference = ImageReference.parse("x@sha512:" + HEX + HEX);
    assertThat(reference.version()).isEqualTo("sha512:" + HEX + HEX);
    assertThat(reference.complete()).isEqualTo(reference.given());
  }

  @Test
  void the_port_of_a_registry_is_no_tag() {
    RegistryName registry = ImageReference.parse("[::1]:5000/x").registry();
    assertThat(registry.host()).isEqualTo("[::1]");
    assertThat(registry.port()).isEqualTo(5000);
    assertThat(ImageReference.parse("[::1]/x").registry().port()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Busybox",
        "busy box",
        "busybox ",
        "busybox\n",
        "busybox:",
        "busybox:-x",
        "busybox:.x",
        "busybox:a b",
        ":tag",
        "/busybox",
        "a//b",
        "a/",
        "a/../b",
        "a/./b",
        "-a/b",
        "a-/b",
        "a___b",
        "a..b",
        "a._b",
        "user/x:é",
        "ghcr.io/",
        "ghcr.io/X",
        "host:port/x",
        "host:0/x",
        "host:65536/x",
        "host:999999/x",
        "host:/x",
        "ho_st.io/x",
        "-host.io/x",
        "host-.io/x",
        "ho..st/x",
        ".host/x",
        "host./x",
        "user@host.io/x",
        "user:secret@host.io/x",
        "[::1/x",
        "[::1]5000/x",
        "[fe80::1%25eth0]/x",
        "[]/x",
        "127.1:22/x",
        "0x7f.1/x",
        "999.1.1.1/x",
        "127.0.0.256/x",
        "registry.1/x",
        "[1:2]/x",
        "[:::]:5000/x",
        "[1.2.3.4]/x",
        "https://ghcr.io/x",
        "docker://x",
        "x@",
        "x@sha256:",
        "x@sha256:abc",
        "x@md5:0123456789abcdef0123456789abcdef",
        "x@sha256:ABCDEF6789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "x@y@z",
        "host.io/x?y=z",
        "host.io/x#y",
        "host.io/x%2e%2e",
        "host.io\\x",
        "host.io/x\u0000",
      })
  void what_is_no_name_is_refused(String text) {
    assertRefused(text);
  }

  @Test
  void lengths_are_bounded() {
    assertThat(ImageReference.parse("h.io/" + "a".repeat(250)).repository()).hasSize(250);
    assertRefused("h.io/" + "a".repeat(251));
    assertRefused("a.".repeat(127) + "b/x");
    assertThat(ImageReference.parse("x:" + "t".repeat(128)).version()).hasSize(128);
    assertRefused("x:" + "t".repeat(129));
    assertRefused("a/".repeat(1_000_000));
  }

  @Test
  void an_id_is_told_from_a_name() {
    assertThatThrownBy(() -> ImageReference.parse(HEX)).hasMessageContaining("id, not its name");
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(InvalidReferenceException.class)
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
        .hasSizeBetween(10, 300)
        .matches("(?U)\\P{Cntrl}+");
  }
}
