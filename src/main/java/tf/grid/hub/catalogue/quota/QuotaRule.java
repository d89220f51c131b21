package tf.grid.hub.catalogue.quota;

import java.util.List;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.name.NamePattern;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * A limit for some repositories.
 *
 * @param limit empty for none
 */
public record QuotaRule(NamePattern repositories, OptionalLong limit) {

  /** The limit of the first rule for a repository; empty if there is none. */
  static OptionalLong first(List<QuotaRule> rules, RepositoryName repository) {
    return rules.stream()
        .filter(rule -> rule.repositories().matches(repository.value()))
        .findFirst()
        .map(QuotaRule::limit)
        .orElse(OptionalLong.empty());
  }
}
