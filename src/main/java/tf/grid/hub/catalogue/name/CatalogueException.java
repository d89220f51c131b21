package tf.grid.hub.catalogue.name;

import java.util.List;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.problem.Problem;

/** A request that the catalogue cannot grant. The message is for users. */
public abstract sealed class CatalogueException extends RuntimeException implements Problem {

  private static final long serialVersionUID = 1L;

  private static final int NOT_FOUND = 404;

  private final int status;

  private CatalogueException(int status, String message) {
    this(status, message, null);
  }

  private CatalogueException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  @Override
  public int status() {
    return status;
  }

  /** A published flist exists but cannot be read: it is damaged or not accessible. */
  public static final class FlistUnreadableException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the flist and the reason.
     *
     * @param name the flist's stored name
     * @param reason what was wrong, for users
     * @param cause the error behind it
     */
    public FlistUnreadableException(FlistName name, String reason, Throwable cause) {
      super(500, "tried to read " + name.stored() + " but it is unreadable: " + reason, cause);
    }
  }

  /** The flist, link or tag does not exist, or the target of the link does not. */
  public static final class FlistNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    /** Clients know the text of the message. */
    public FlistNotFoundException() {
      super(NOT_FOUND, "source not found");
    }
  }

  /** The text breaks the rules for names. */
  public static final class InvalidNameException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    InvalidNameException(String message) {
      super(400, message);
    }
  }

  /** The repository does not exist, or its name cannot be one. */
  public static final class RepositoryNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    /** Clients know the text of the message. */
    public RepositoryNotFoundException() {
      super(NOT_FOUND, "user not found");
    }
  }

  /**
   * A repository or tag is a symbolic link that is not followed, because it leads to nothing or out
   * of the allowed directories.
   */
  public static final class LinkNotFollowedException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private LinkNotFollowedException(String what) {
      super(
          NOT_FOUND,
          what
              + " is a symbolic link of the operator that leads to nothing, or where this hub does"
              + " not follow it (hub.public-links)");
    }

    /** The repository is such a link. */
    public static LinkNotFollowedException of(RepositoryName repository) {
      return new LinkNotFollowedException("the repository " + repository);
    }

    /** The tag is such a link. */
    public static LinkNotFollowedException of(TagName tag) {
      return new LinkNotFollowedException("the tag " + tag);
    }
  }

  /** The flist has no directory, or no regular file, at the path. */
  public static final class EntryNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    public EntryNotFoundException(FlistPath path) {
      super(NOT_FOUND, "the flist has no /" + path);
    }
  }

  /** The limit or the cursor of a page of results is not usable. */
  public static final class InvalidPageException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    public InvalidPageException(String message) {
      super(400, message);
    }
  }

  /** The subject of a page of the site does not exist. */
  public static final class PageNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final List<String> names;

    private PageNotFoundException(String what, List<String> names, String message) {
      super(NOT_FOUND, message);
      this.what = what;
      this.names = names;
    }

    /** What does not exist, such as {@code tag link}. */
    public String what() {
      return what;
    }

    /** Its name; for the target of a link that of the link first. */
    public List<String> names() {
      return names;
    }

    /** The target of a link was deleted. */
    public static PageNotFoundException behind(Object link, Object target) {
      return new PageNotFoundException(
          "target",
          List.of(link.toString(), target.toString()),
          "“" + link + "” is broken: “" + target + "” no longer exists on this hub");
    }

    /** Names what does not exist. */
    public static PageNotFoundException of(String what, Object name) {
      String shown = PrintableText.of(name.toString());
      return new PageNotFoundException(
          what, List.of(shown), "there is no " + what + " “" + shown + "” here");
    }
  }

  /** The form of a page cannot change the subject of the page. */
  public static final class ChangeRejectedException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private ChangeRejectedException(String message) {
      super(NOT_FOUND, message);
    }

    /** The subject belongs to another account than the one that the visitor acts for. */
    public static ChangeRejectedException ofAnother(RepositoryName repository, RepositoryName own) {
      return new ChangeRejectedException(
          "only %s can change this, and you act for %s".formatted(repository, own));
    }

    /** A flist of the same name hides the subject, and the change would apply to the flist. */
    public static ChangeRejectedException hidden(String name) {
      return new ChangeRejectedException(
          "there is a flist “%s.flist” as well: rename or delete that first".formatted(name));
    }
  }

  /** A tag, or an entry of it, does not exist. Clients know the texts of the messages. */
  public static final class SourceNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private SourceNotFoundException(String message) {
      super(NOT_FOUND, message);
    }

    /** The repository of the tag does not exist. */
    public static SourceNotFoundException repository() {
      return new SourceNotFoundException("source repository not found");
    }

    /** The tag does not exist. */
    public static SourceNotFoundException tag() {
      return new SourceNotFoundException("source tag not found");
    }

    /** The tag does not have the entry. */
    public static SourceNotFoundException entry() {
      return new SourceNotFoundException("target not found on this tag");
    }
  }

  /** The link cannot have the name. Clients recognize that by the status 401. */
  public static final class LinkConflictException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private LinkConflictException(String message) {
      super(401, message);
    }

    /** Only a link may be replaced by a link. */
    public static LinkConflictException withFile() {
      return new LinkConflictException("link destination is already a file");
    }

    /** A flist would hide the link. */
    public static LinkConflictException withFlist() {
      return new LinkConflictException(
          "there is a .flist file with the same name existing already");
    }

    /** The name ends like that of a flist. */
    public static LinkConflictException suffix() {
      return new LinkConflictException("tag symlink cannot ends with .flist");
    }

    /** The target of the link leads back to the link. */
    public static LinkConflictException circle() {
      return new LinkConflictException("link would lead to itself");
    }
  }
}
