package tf.grid.hub.space.retention;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.audit.AuditLog;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.space.retention.RetentionReport.Expired;

/**
 * Deletes flists for which there are rules, but none that keeps them, and to which no link or tag
 * leads. Every flist is looked at once more immediately before it is deleted. Thread-safe, for one
 * run at a time.
 */
public final class Retention {
  /** Flists that are deleted at a time, while nobody can rename or link anything. */
  private static final int BATCH = 100;

  private final List<RetentionRule> rules;
  private final Catalogue catalogue;
  private final DownloadCounts counts;
  private final AuditLog audit;
  private final Clock clock;

  /** Applies these rules. */
  public Retention(
      List<RetentionRule> rules,
      Catalogue catalogue,
      DownloadCounts counts,
      AuditLog audit,
      Clock clock) {
    this.rules = List.copyOf(rules);
    this.catalogue = catalogue;
    this.counts = counts;
    this.audit = audit;
    this.clock = clock;
  }

  /** The rules, in the order of the configuration. */
  public List<RetentionRule> rules() {
    return rules;
  }

  /**
   * Finds what nothing keeps, and deletes it.
   *
   * @param by who is named in the audit log
   * @param dryRun whether nothing is deleted
   * @param steps gets what is being done, and may throw to stop it
   * @throws IOException if a directory or link cannot be read; nothing more is deleted then
   */
  public RetentionReport run(AccountName by, boolean dryRun, Consumer<String> steps)
      throws IOException {
    Instant started = clock.instant();
    steps.accept("looking for flists that no rule keeps");
    FlistInventory inventory = FlistInventory.of(catalogue);
    List<Candidate> candidates = candidates(inventory);
    List<Candidate> unkept = unkept(candidates, started);
    List<Candidate> expired = unkept.stream().filter(flist -> !inventory.isLinked(flist)).toList();
    int deleted = 0;
    for (int i = 0; !dryRun && i < expired.size(); i += BATCH) {
      steps.accept("deleting flist " + (i + 1) + " of " + expired.size());
      deleted += delete(expired.subList(i, Math.min(i + BATCH, expired.size())), by);
    }
    return new RetentionReport(
        dryRun,
        started,
        clock.instant(),
        candidates.size(),
        unkept.size() - expired.size(),
        expired.size(),
        deleted,
        expired.stream().limit(RetentionReport.MAX_LISTED).map(this::described).toList());
  }

  /** The flists that rules are for. */
  private List<Candidate> candidates(FlistInventory inventory) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (FlistInventory.Found flist : inventory.flists()) {
      Path file = catalogue.path(EntryPath.of(flist.repository(), flist.name()));
      Candidate candidate =
          new Candidate(
              flist.repository(),
              flist.name(),
              file,
              flist.version(),
              counts.exactly(file).lastTime(),
              counts.since());
      if (isForAny(candidate)) {
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  private boolean isForAny(Candidate flist) {
    return rules.stream().anyMatch(rule -> rule.isFor(flist));
  }

  private List<Candidate> unkept(List<Candidate> candidates, Instant now) {
    Map<RepositoryName, List<Candidate>> repositories =
        candidates.stream().collect(Collectors.groupingBy(Candidate::repository));
    Set<Candidate> kept = new HashSet<>();
    for (Collection<Candidate> flists : repositories.values()) {
      for (RetentionRule rule : rules) {
        kept.addAll(rule.keeping().kept(flists.stream().filter(rule::isFor).toList(), now));
      }
    }
    return candidates.stream()
        .filter(flist -> !kept.contains(flist))
        .sorted(Comparator.comparing(flist -> flist.repository() + "/" + flist.name()))
        .toList();
  }

  /** Deletes flists that are still as they were, while nobody makes links to them. */
  private int delete(List<Candidate> flists, AccountName by) throws IOException {
    return catalogue.whileNamesStay(
        () -> {
          FlistInventory inventory = FlistInventory.of(catalogue);
          int deleted = 0;
          for (Candidate flist : flists) {
            if (!inventory.isLinked(flist) && delete(flist, inventory)) {
              audit.record(entry(flist, by));
              deleted++;
            }
          }
          return deleted;
        });
  }

  private boolean delete(Candidate flist, FlistInventory inventory) throws IOException {
    try {
      return catalogue.change(
          flist.repository(),
          repository -> {
            if (!counts.exactly(flist.file()).lastTime().equals(flist.lastDownload())
                || !inventory.isCurrent(flist)) {
              return false;
            }
            repository.remove(flist.name().stored());
            counts.deleted(flist.file());
            return true;
          });
    } catch (NoSuchFileException | CatalogueException gone) {
      return false;
    }
  }

  private AuditEntry entry(Candidate flist, AccountName by) {
    return AuditEntry.of("expire")
        .by(by.value(), flist.repository().value())
        .named("name", flist.name().stored())
        .named("rule", rule(flist));
  }

  private Expired described(Candidate flist) {
    return new Expired(
        flist.repository() + "/" + flist.name(),
        rule(flist),
        flist.changed().truncatedTo(ChronoUnit.SECONDS),
        flist.lastDownload());
  }

  private String rule(Candidate flist) {
    return rules.stream().filter(rule -> rule.isFor(flist)).findFirst().orElseThrow().toString();
  }
}
