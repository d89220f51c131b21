package tf.grid.hub.catalogue.download;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.ReservedWords;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * The parsed path of a download: a flist in a repository or tag, in one of several forms.
 *
 * @param repository the repository
 * @param tag the tag, if the path contains one
 * @param tagLink the link to a tag, if the path contains one
 * @param name the flist
 * @param form what to send
 */
record FlistAddress(
    RepositoryName repository,
    Optional<TagName> tag,
    Optional<TagLinkName> tagLink,
    FlistName name,
    Form form) {

  /** The forms of a download and their URL suffixes. */
  enum Form {
    FILE(FlistName.SUFFIX),
    MD5(FlistName.SUFFIX + ".md5"),
    TEXT(".txt"),
    JSON(".json");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }

    private static Optional<Form> of(String last) {
      for (Form form : values()) {
        if (last.endsWith(form.ending)) {
          return Optional.of(form);
        }
      }
      return Optional.empty();
    }

    private FlistName nameIn(String last) {
      return this == FILE
          ? new FlistName(last)
          : FlistName.parse(last.substring(0, last.lastIndexOf('.')));
    }
  }

  /**
   * Parses a path.
   *
   * @param parts its decoded segments
   * @return empty if it is not a download
   * @throws tf.grid.hub.catalogue.name.CatalogueException if it is a download with an invalid name
   */
  static Optional<FlistAddress> of(List<String> parts) {
    if (parts.size() < 2 || parts.size() > 4 || ReservedWords.contains(parts.get(0))) {
      return Optional.empty();
    }
    String last = parts.get(parts.size() - 1);
    Optional<Form> form = Form.of(last);
    if (form.isEmpty()
        || (parts.size() > 2 && parts.get(1).equals("tags") != (parts.size() == 4))) {
      return Optional.empty();
    }
    RepositoryName repository = RepositoryName.requested(parts.get(0));
    Optional<TagName> tag =
        parts.size() == 4 ? Optional.of(new TagName(parts.get(2))) : Optional.empty();
    Optional<TagLinkName> link =
        parts.size() == 3 ? Optional.of(new TagLinkName(parts.get(1))) : Optional.empty();
    return Optional.of(
        new FlistAddress(repository, tag, link, form.get().nameIn(last), form.get()));
  }
}
