package tf.grid.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevLoginTest {

  private final DevLogin trial = new DevLogin(true, null);

  @Test
  void serves_connections_from_this_machine_whatever_the_settings_say_of_the_address() {
    assertThat(allows(new FakeRequest().between("127.0.0.1", "127.0.0.1"))).isTrue();
    assertThat(allows(new FakeRequest().between("::1", "0:0:0:0:0:0:0:1"))).isTrue();
    assertThat(allows(new FakeRequest().between("192.0.2.8", "192.0.2.7"))).isFalse();
    assertThat(allows(new FakeRequest().between("192.0.2.7", "192.0.2.7"))).isFalse();
    assertThat(allows(new FakeRequest().between("127.0.0.1", "192.0.2.7"))).isFalse();
    assertThat(allows(new FakeRequest().between("", ""))).isFalse();
  }

  @Test
  void refuses_what_a_proxy_on_this_machine_forwards() {
    for (String header : new String[] {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"}) {
      assertThat(
              allows(
                  new FakeRequest().between("127.0.0.1", "127.0.0.1").header(header, "192.0.2.8")))
          .as(header)
          .isFalse();
    }
  }

  @Test
  void serves_nobody_unless_it_is_enabled() {
    assertThat(
            new DevLogin(false, null)
                .allows(new FakeRequest().between("127.0.0.1", "127.0.0.1").toServlet()))
        .isFalse();
  }

  private boolean allows(FakeRequest request) {
    return trial.allows(request.toServlet());
  }
}
