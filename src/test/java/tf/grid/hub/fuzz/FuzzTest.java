package tf.grid.hub.fuzz;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients send is read or refused, whatever it is; {@code bench/fuzz} tries more. */
class FuzzTest {

  @ParameterizedTest
  @CsvSource({
    "TAR, 60",
    "PACKED, 150",
    "PAX, 2000",
    "FLIST, 6",
    "MESSAGE, 250",
    "IMAGE, 1000",
    "FORM, 2000",
    "REQUEST, 1000"
  })
  void mutations_are_read_or_refused(FuzzTargets of, int each) throws IOException {
    FuzzTarget target = of.target();
    Mutations.read(target.seeds(), each, target::read);
  }
}
