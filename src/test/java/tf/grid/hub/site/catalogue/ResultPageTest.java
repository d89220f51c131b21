package tf.grid.hub.site.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultPageTest {

  private final List<Integer> all = List.of(1, 2, 3, 4, 5);

  @Test
  void the_page_that_is_asked_for_has_neighbours() {
    ResultPage<Integer> page = ResultPage.of(all, "2", 2);

    assertThat(page.rows()).containsExactly(3, 4);
    assertThat(page.previous("?")).isEqualTo("?page=1");
    assertThat(page.next("?q=a&")).isEqualTo("?q=a&page=3");
  }

  @Test
  void numbers_that_are_none_are_the_first_and_those_beyond_the_last() {
    assertThat(ResultPage.of(all, "x", 2).number()).isEqualTo(1);
    assertThat(ResultPage.of(all, null, 2).previous("?")).isEmpty();
    assertThat(ResultPage.of(all, "99", 2).rows()).containsExactly(5);
    assertThat(ResultPage.of(List.of(), "3", 2).rows()).isEmpty();
  }
}
