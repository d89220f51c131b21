package tf.grid.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestOriginTest {

  private static final URI URL = URI.create("http://hub.example:8080");
  private static final String LOCAL = "192.0.2.7";

  @ParameterizedTest
  @CsvSource({
    "hub.example:8080,,",
    "HUB.example,,",
    "localhost:8080,,",
    "127.0.0.1:8080,,",
    "[::1]:8080,,",
    "192.0.2.7:8080,,",
    "hub.example:8080,http://hub.example:8080,same-origin",
    "hub.example:8080,HTTP://HUB.example:8080,",
    "localhost:8080,http://localhost:8080,same-origin",
    "localhost:8080,https://localhost:8080,",
    "localhost:8080,,none",
  })
  void requests_of_programs_and_of_the_own_site_are_trusted(
      String host, String origin, String site) {
    assertThat(new RequestOrigin(host, origin, site, LOCAL).distrust(URL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,http://evil.example,",
    "localhost:8080,http://evil.example:8080,cross-site",
    "localhost:8080,http://localhost:3000,same-site",
    "localhost:8080,null,",
    "localhost:8080,'',",
    "localhost:8080,http://localhost:8080.evil.example,",
    "localhost:8080,,cross-site",
    "localhost:8080,,same-site",
    "localhost:8080,,something-new",
    "hub.example:8080,file://,",
  })
  void changes_from_other_sites_are_refused(String host, String origin, String site) {
    assertThat(new RequestOrigin(host, origin, site, LOCAL).distrust(URL))
        .hasValueSatisfying(why -> assertThat(why).contains("another site"));
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example",
    "evil.example:8080",
    "hub.example.evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "192.0.2.8",
    "user@localhost",
    "localhost/x",
    "localhost:port",
    "''",
    "'a b'",
    ",",
  })
  void names_that_are_not_the_hubs_are_refused_even_with_the_same_origin(String host) {
    assertThat(new RequestOrigin(host, "http://" + host, "same-origin", LOCAL).distrust(URL))
        .hasValueSatisfying(why -> assertThat(why).contains("hub.public-url"));
  }
}
