package tf.grid.hub.mirror.source;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * The target of a link as listings show it: {@code name}, {@code repository/name}, {@code
 * repository/tags/tag} or {@code repository/tags/tag/name}.
 *
 * @param repository of the target; empty if the listing names none, which means the own one
 * @param tag that the target is or is in
 * @param name of the target; empty if it is the tag
 */
public record RemoteTarget(
    Optional<RepositoryName> repository, Optional<TagName> tag, Optional<FlistName> name) {
  private static final String TAGS = "tags";

  /** Parses a target; empty if no link of a hub can have it. */
  static Optional<RemoteTarget> parse(String text) {
    List<String> parts = List.of(text.split("/", -1));
    Optional<RepositoryName> repository = RepositoryName.ofStored(parts.get(0));
    Optional<FlistName> name = flist(parts.get(parts.size() - 1));
    return switch (parts.size()) {
      case 1 -> name.map(found -> new RemoteTarget(Optional.empty(), Optional.empty(), name));
      case 2 -> name.flatMap(found -> inRepository(repository, Optional.empty(), name));
      case 3 ->
          tag(parts).flatMap(tag -> inRepository(repository, Optional.of(tag), Optional.empty()));
      case 4 ->
          name.flatMap(
              found -> tag(parts).flatMap(tag -> inRepository(repository, Optional.of(tag), name)));
      default -> Optional.empty();
    };
  }

  private static Optional<RemoteTarget> inRepository(
      Optional<RepositoryName> repository, Optional<TagName> tag, Optional<FlistName> name) {
    return repository.map(found -> new RemoteTarget(repository, tag, name));
  }

  private static Optional<TagName> tag(List<String> parts) {
    return Optional.of(parts.get(1))
        .filter(TAGS::equals)
        .flatMap(tags -> TagName.ofStored(TagName.PREFIX + parts.get(2)));
  }

  /** The earlier hub stored some names without suffix. */
  private static Optional<FlistName> flist(String text) {
    return FlistName.ofStored(text.endsWith(FlistName.SUFFIX) ? text : text + FlistName.SUFFIX);
  }

  /**
   * The text of a symbolic link to the target.
   *
   * @param toRepositories the way from the link's directory to that of all repositories
   * @param own the repository of the link
   * @param renamed the name here of a repository there
   */
  public String text(
      String toRepositories, RepositoryName own, UnaryOperator<RepositoryName> renamed) {
    String inside =
        tag.map(found -> found.stored() + name.map(flist -> "/" + flist).orElse(""))
            .orElseGet(() -> name.map(FlistName::stored).orElse(""));
    if (repository.isEmpty() && toRepositories.equals("../")) {
      return inside;
    }
    return toRepositories + repository.map(renamed).orElse(own) + "/" + inside;
  }
}
