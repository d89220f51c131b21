package tf.grid.hub.store.zdb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/** A 0-db that is set up otherwise than a hub needs it. */
class ZdbSetupTest {
  @Test
  void a_0_db_that_names_values_itself_is_refused_with_the_mode_that_is_needed()
      throws IOException {
    try (ZdbServer server = new ZdbServer("sequential", "");
        ZdbChunkStore store = store(server, Optional.empty())) {
      assertThatThrownBy(store::probe)
          .isInstanceOf(StoreCorruptException.class)
          .hasMessageContaining("--mode user");
    }
  }

  @Test
  void a_wrong_password_is_refused_and_the_right_one_is_not() throws IOException {
    try (ZdbServer server = new ZdbServer("userkey", "right");
        ZdbChunkStore wrong = store(server, Optional.of("wrong"));
        ZdbChunkStore right = store(server, Optional.of("right"))) {
      assertThatThrownBy(wrong::probe).isInstanceOf(StoreAccessDeniedException.class);
      assertThatCode(right::probe).doesNotThrowAnyException();
    }
  }

  @Test
  void a_0_db_that_is_away_is_unreachable() throws IOException {
    // Bound, so that no other server gets this port, but not listening.
    try (Socket reserved = new Socket()) {
      reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      ZdbSettings settings = ZdbSettings.of("127.0.0.1", reserved.getLocalPort(), "default");
      try (ZdbChunkStore store = new ZdbChunkStore(settings)) {
        assertThatThrownBy(store::probe).isInstanceOf(StoreUnreachableException.class);
      }
    }
  }

  private static ZdbChunkStore store(ZdbServer server, Optional<String> password) {
    ZdbSettings settings = ZdbSettings.of("127.0.0.1", server.port(), "default");
    return new ZdbChunkStore(password.map(settings::withPassword).orElse(settings));
  }
}
