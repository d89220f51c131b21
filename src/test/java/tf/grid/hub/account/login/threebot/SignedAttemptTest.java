package tf.grid.hub.account.login.threebot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.account.login.SignInException;

class SignedAttemptTest {
  private static final String GOOD = "{\"doubleName\":\"alice.3bot\",\"signedAttempt\":\"AAAA\"}";

  @Test
  void the_name_is_read() throws SignInException {
    assertThat(SignedAttempt.parse(GOOD).doubleName()).isEqualTo("alice.3bot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "{\"doubleName\":7}", GOOD + "{}"})
  void anything_else_is_refused(String parameter) {
    refused(parameter);
  }

  @Test
  void depth_is_refused_like_anything_else() {
    refused("{\"doubleName\":" + "[".repeat(8000));
    refused("{\"doubleName\":" + "[".repeat(8000) + "]".repeat(8000) + "}");
  }

  private static void refused(String parameter) {
    assertThatThrownBy(() -> SignedAttempt.parse(parameter))
        .isInstanceOf(SignInException.class)
        .hasMessageContaining("cannot be read");
  }
}
