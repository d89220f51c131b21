package tf.grid.hub.catalogue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * The path of an entry in a repository or in one of its tags. It cannot name anything outside of
 * the users directory.
 *
 * @param repository the repository
 * @param tag the tag of the entry; empty for an entry of the repository itself
 * @param name the stored name of a flist, a tag's directory or a link
 */
public record EntryPath(RepositoryName repository, Optional<TagName> tag, String name) {

  /** A flist, or a link to one, in a repository. */
  public static EntryPath of(RepositoryName repository, FlistName name) {
    return new EntryPath(repository, Optional.empty(), name.stored());
  }

  /** A tag in a repository. */
  public static EntryPath of(RepositoryName repository, TagName tag) {
    return new EntryPath(repository, Optional.empty(), tag.stored());
  }

  /**
   * Resolves the target of a symbolic link at this path by its text only: no component is looked up
   * on disk, so linked directories are never followed.
   *
   * @param target the text of the link
   * @return empty if it is absolute or not an entry of a repository or tag
   */
  public Optional<EntryPath> follow(String target) {
    if (target.startsWith("/")) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    parts.add(repository.value());
    tag.ifPresent(value -> parts.add(value.stored()));
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return fromParts(parts);
  }

  /** The form for users: {@code repository/name} or {@code repository/tags/tag/name}. */
  public String shown() {
    String inside = tag.map(value -> "tags/" + value + "/").orElse("");
    return repository + "/" + inside + name;
  }

  private static Optional<EntryPath> fromParts(Deque<String> parts) {
    if (parts.size() < 2 || parts.size() > 3) {
      return Optional.empty();
    }
    Optional<RepositoryName> repository = RepositoryName.ofStored(parts.pollFirst());
    if (parts.size() == 1) {
      return repository.map(found -> new EntryPath(found, Optional.empty(), parts.element()));
    }
    Optional<TagName> inside = TagName.ofStored(parts.pollFirst());
    return inside.isEmpty()
        ? Optional.empty()
        : repository.map(found -> new EntryPath(found, inside, parts.element()));
  }
}
