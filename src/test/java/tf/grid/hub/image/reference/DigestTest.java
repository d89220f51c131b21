package tf.grid.hub.image.reference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Digests as names of content; the hashes of "abc" are those of FIPS 180-2. */
class DigestTest {
  private static final byte[] ABC = "abc".getBytes(US_ASCII);
  private static final String SHA256 =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String SHA512 =
      "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

  @Test
  void content_matches_its_digest_only() {
    for (String text : new String[] {SHA256, SHA512}) {
      Digest digest = Digest.parse(text);
      assertThat(digest.matches(ABC)).isTrue();
      assertThat(digest.matches("abd".getBytes(US_ASCII))).isFalse();
      assertThat(digest).hasToString(text);
    }
    assertThat(Digest.of(ABC)).hasToString(SHA256);
  }

  @Test
  void a_digest_has_all_its_digits_in_lower_case() {
    for (String text :
        new String[] {SHA256 + "0", SHA256.replace('b', 'B'), "sha256", "SHA256:00", "md5:00"}) {
      assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(InvalidReferenceException.class);
    }
  }
}
