package tf.grid.hub.store.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisDataException;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

class ZdbErrorsTest {
  private static final ZdbSettings SETTINGS =
      ZdbSettings.of("zdb.example", 9900, "chunks").withPassword("hush").withToken("psst");

  private static StoreException meaning(String said) {
    return ZdbErrors.meaning(SETTINGS, new JedisDataException(said));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Access denied",
        "Namespace protected and private",
        "Namespace is in read-only mode",
        "Namespace not found",
        "Authentification disabled",
        "Permission denied"
      })
  void refusals_are_told_apart(String said) {
    assertThat(meaning(said))
        .isInstanceOf(StoreAccessDeniedException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on this namespace", "Cannot write data right now"})
  void a_lack_of_room_is_told_apart(String said) {
    assertThat(meaning(said)).isInstanceOf(StoreFullException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Max connections reached", "Chunk store does not answer"})
  void what_may_pass_is_worth_another_try(String said) {
    assertThat(meaning(said)).isInstanceOf(StoreUnreachableException.class);
  }

  @Test
  void anything_else_is_strange_and_made_printable() {
    assertThat(meaning("Inter\nnal\u001b Error" + "x".repeat(500)))
        .isInstanceOf(StoreCorruptException.class)
        .hasMessageContaining("Inter?nal? Error")
        .hasMessageMatching("[^\n\u001b]{1,200}");
  }

  @Test
  void neither_password_nor_token_is_ever_printed() {
    assertThat(meaning("Access denied").getMessage() + SETTINGS)
        .contains("zdb.example:9900", "chunks")
        .doesNotContain("hush", "psst");
  }
}
