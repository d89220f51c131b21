package tf.grid.hub.wiring.config.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tf.grid.hub.catalogue.name.NamePattern;
import tf.grid.hub.catalogue.quota.QuotaRule;
import tf.grid.hub.wiring.property.ByteSize;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * How much repositories may have. The first rule that matches counts.
 *
 * @param flists numbers of flists
 * @param contentBytes sums of the sizes of all files of all flists
 */
public record QuotaSettings(List<QuotaRule> flists, List<QuotaRule> contentBytes) {
  private static final String UNLIMITED = "unlimited";
  private static final NamePattern ALL = NamePattern.of("*");

  public static QuotaSettings from(Settings settings) {
    return new QuotaSettings(
        rules(settings, "hub.quota.flists", QuotaSettings::number, "1000, ci-*=50"),
        rules(settings, "hub.quota.bytes", QuotaSettings::bytes, "100 GiB, ci-*=5 GiB"));
  }

  private static List<QuotaRule> rules(
      Settings settings,
      String property,
      Function<String, Optional<OptionalLong>> limit,
      String example) {
    List<QuotaRule> rules = new ArrayList<>();
    List<QuotaRule> usual = new ArrayList<>();
    for (String part : settings.list(property)) {
      int at = part.lastIndexOf('=');
      NamePattern pattern = at < 0 ? ALL : NamePattern.of(part.substring(0, at).strip());
      Optional<OptionalLong> value = limit.apply(part.substring(at + 1).strip());
      if (value.isEmpty() || pattern.text().isEmpty() || (at < 0 && !usual.isEmpty())) {
        throw SettingException.of(
            property,
            part,
            "a limit for all repositories and others for patterns of names, or unlimited, such as "
                + example);
      }
      (at < 0 ? usual : rules).add(new QuotaRule(pattern, value.get()));
    }
    rules.addAll(usual);
    return List.copyOf(rules);
  }

  private static Optional<OptionalLong> number(String text) {
    if (text.equals(UNLIMITED)) {
      return Optional.of(OptionalLong.empty());
    }
    return text.matches("\\d{1,12}")
        ? Optional.of(OptionalLong.of(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<OptionalLong> bytes(String text) {
    return text.equals(UNLIMITED)
        ? Optional.of(OptionalLong.empty())
        : ByteSize.parse(text).map(OptionalLong::of);
  }
}
