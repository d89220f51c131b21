package tf.grid.hub.http.head;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "/a/50%25",
        "/a%2Fb",
        "/a//b/",
        "/a/../b",
        "/caf%C3%A9",
        "/a;b=c",
        "/a+b"
      })
  void addresses_that_can_be_decoded_are_usable(String address) {
    assertThat(RequestHeadCheck.isUsable(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/50%",
        "/a/5%2",
        "/%zz/b",
        "/a%",
        "/a/%00",
        "/a%5cb",
        "/a\\b",
        "/%e9",
        "/%c0%ae",
        "/..",
        "/a/../..",
        "/%2e%2e/a",
        "a/b",
        ""
      })
  void others_are_not(String address) {
    assertThat(RequestHeadCheck.isUsable(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nA: b\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nA: b\r\n\r\nbody\nbody\n",
        "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n\n",
        "GET / HTTP/1.1\r\nA: b",
        "",
      })
  void lines_that_end_in_both_characters_are_good(String head) {
    assertThat(RequestHeadCheck.hasBareLineFeed(bytes(head))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\nA: b\n\n",
        "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\n c\r\n\r\n",
        "\nGET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n\n",
      })
  void a_line_feed_alone_is_seen_wherever_it_is(String head) {
    assertThat(RequestHeadCheck.hasBareLineFeed(bytes(head))).isTrue();
  }

  private static ByteBuffer bytes(String text) {
    ByteBuffer shifted = ByteBuffer.wrap(("\n\n" + text).getBytes(ISO_8859_1));
    return shifted.position(2);
  }
}
