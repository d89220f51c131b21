package tf.grid.hub.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.image.bench.Program;

@NeedsPrograms("systemd-analyze")
class ServiceUnitIT {

  @Test
  void the_unit_exposes_little_of_the_system() {
    String report =
        Program.run(
            "systemd-analyze",
            "security",
            "--no-pager",
            "--offline=true",
            "deployment/hub.service");
    Matcher overall =
        Pattern.compile("Overall exposure level for hub.service: ([0-9.]+)").matcher(report);
    assertThat(overall.find()).as(report).isTrue();
    assertThat(Double.parseDouble(overall.group(1))).as(report).isLessThanOrEqualTo(2.5);
  }
}
