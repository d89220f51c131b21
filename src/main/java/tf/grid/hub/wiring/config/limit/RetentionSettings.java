package tf.grid.hub.wiring.config.limit;

import jakarta.enterprise.concurrent.CronTrigger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.catalogue.name.NamePattern;
import tf.grid.hub.space.retention.RetentionRule;
import tf.grid.hub.space.retention.RetentionRule.Keeping;
import tf.grid.hub.space.retention.RetentionRule.Newest;
import tf.grid.hub.space.retention.RetentionRule.WhileUsed;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Which flists are kept, of those for which there are rules.
 *
 * @param rules empty if all flists are kept
 * @param schedule when the others are deleted; empty if only on request
 */
public record RetentionSettings(List<RetentionRule> rules, Optional<CronTrigger> schedule) {
  private static final String RULES = "hub.retention.rules";
  private static final Pattern RULE = Pattern.compile("([^/=]+)/([^/=]+)=\\s*(.+)");
  private static final Duration LONGEST = Duration.ofDays(36_525);
  private static final Pattern NEWEST = Pattern.compile("newest\\s+([1-9]\\d{0,5})");

  public static RetentionSettings from(Settings settings) {
    return new RetentionSettings(
        settings.list(RULES).stream().map(RetentionSettings::rule).toList(),
        settings.schedule("hub.retention.schedule"));
  }

  private static RetentionRule rule(String text) {
    Matcher parts = RULE.matcher(text);
    if (!parts.matches()) {
      throw invalid(text);
    }
    return new RetentionRule(
        NamePattern.of(parts.group(1).strip()),
        NamePattern.of(parts.group(2).strip()),
        keeping(parts.group(3), text));
  }

  private static Keeping keeping(String text, String rule) {
    Matcher newest = NEWEST.matcher(text);
    if (newest.matches()) {
      return new Newest(Integer.parseInt(newest.group(1)));
    }
    try {
      Duration time = Duration.parse(text);
      if (!time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0) {
        return new WhileUsed(time);
      }
    } catch (DateTimeParseException e) {
      // Reported below.
    }
    throw invalid(rule);
  }

  private static SettingException invalid(String rule) {
    return SettingException.of(
        RULES,
        rule,
        "rules such as ci-*/*=P90D, which keeps flists for that time, at most 100 years, after the"
            + " last download or change, or nightly/build-*=newest 10");
  }
}
