package tf.grid.hub.http.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderParametersTest {

  @Test
  void names_are_in_lower_case_and_values_without_quotes() {
    assertThat(HeaderParameters.of(" form-data; Name=\"file\" ;FILENAME = a b.tar.gz ; empty="))
        .isEqualTo(Map.of("name", "file", "filename", "a b.tar.gz", "empty", ""));
  }

  @Test
  void separators_and_escaped_quotes_may_be_in_quotes() {
    assertThat(HeaderParameters.of("form-data; name=\"a;b=\\\"c\\\"\"; filename=\"C:\\x.tar\""))
        .isEqualTo(Map.of("name", "a;b=\\\"c\\\"", "filename", "C:\\x.tar"));
  }

  @Test
  void an_open_quote_ends_with_the_header() {
    assertThat(HeaderParameters.of("form-data; name=\"file; filename=x"))
        .isEqualTo(Map.of("name", "\"file; filename=x"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "UTF-8''caf%C3%A9+1.tar.gz, café+1.tar.gz",
        "iso-8859-1'en'caf%e9, café",
        "x-none''caf%e9, x-none''caf%e9",
        "UTF-8''%4, UTF-8''%4",
        "plain, plain"
      })
  void extended_values_are_decoded_if_they_are_valid(String sent, String decoded) {
    assertThat(HeaderParameters.of("form-data; filename*=" + sent))
        .isEqualTo(Map.of("filename", decoded));
  }
}
