package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tf.grid.hub.RunningHub;
import tf.grid.hub.it.MirrorHub;

/** A hub that users reach through a proxy with TLS. */
class SecureCookieIT {

  @Test
  void the_cookie_never_goes_over_a_plain_connection() throws IOException {
    RunningHub hub = MirrorHub.shared();
    HttpResponse<String> away = new Browser(hub.uri("")).get("/login");
    assertThat(away.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("hub-sign-in=")
        .containsIgnoringCase("; Secure")
        .containsIgnoringCase("; HttpOnly")
        .containsIgnoringCase("; SameSite=Lax");
    assertThat(Browser.location(away).orElseThrow())
        .startsWith("https://login.threefold.me/?appid=hub.example&");
    assertThat(Browser.location(new Browser(hub.uri("")).get("/login-iyo?to=%2Fx")))
        .as("a way that is not set up")
        .hasValue("/login-method?to=%2Fx");
  }
}
