package tf.grid.hub.site.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;

class PathParameterTest {

  @Test
  void any_bytes_come_back() {
    FlistPath path = FlistPath.of("a b/<i>&=é").child(Name.of(new byte[] {(byte) 0xff, '%'}));

    String query = PathParameter.of(path);

    assertThat(query).isEqualTo("?path=/a%20b/%3Ci%3E%26%3D%C3%A9/%FF%25");
    assertThat(PathParameter.in("page=2&" + query.substring(1))).contains(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"path=/a/../b", "path=%2", "path=%zz", "path=a%00", "page=1", ""})
  void what_cannot_be_a_place_is_none(String query) {
    assertThat(PathParameter.in(query)).isEmpty();
  }
}
