package tf.grid.hub.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteCountTest {
  @Test
  void sizes_in_listings_are_printed_like_others() {
    assertThat(ByteCount.ofListed("0 KB")).isEqualTo("0 B");
    assertThat(ByteCount.ofListed("0.50 KB")).isEqualTo("512 B");
    assertThat(ByteCount.ofListed("1.00 KB")).isEqualTo(ByteCount.of(1 << 10));
    assertThat(ByteCount.ofListed("1536.00 KB")).isEqualTo(ByteCount.of(3 << 19));
  }

  @Test
  void a_size_in_another_form_stays_as_it_is() {
    assertThat(ByteCount.ofListed("12 MB")).isEqualTo("12 MB");
    assertThat(ByteCount.ofListed("")).isEmpty();
  }
}
