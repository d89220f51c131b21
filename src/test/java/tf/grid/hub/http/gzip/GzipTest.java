package tf.grid.hub.http.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "br, GZIP;q=0.5 | true",
        "gzip, deflate, br, zstd | true",
        "gzip;q=0 | false",
        "gzip; q=0.000 | false",
        "x-gzipped | false",
        "identity | false",
        " | false",
      })
  void gzip_goes_to_those_who_take_it(String header, boolean taken) {
    assertThat(Gzip.isAccepted(header)).isEqualTo(taken);
  }
}
