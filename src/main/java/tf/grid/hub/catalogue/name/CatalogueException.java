package tf.grid.hub.catalogue.name;

import java.time.Duration;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.PrintableText;

/** A request that the catalogue cannot grant. The message is for users. */
public abstract class CatalogueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  protected CatalogueException(String message) {
    super(message);
  }

  /** Says why, with the error behind it for the log. */
  protected CatalogueException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The status of HTTP under which it is told: 404 for what is not there, unless the kind of
   * refusal says otherwise.
   */
  public int status() {
    return 404;
  }

  /** Too many requests want what needs much memory; the same request may succeed later. */
  public static final class CatalogueBusyException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /**
     * Asks for another try.
     *
     * @param pause when that is worth it
     */
    public CatalogueBusyException(Duration pause) {
      super("tried to read the flist but too many others are being read, try again later");
      this.pause = pause;
    }

    /** How long to wait before another try. */
    public Duration pause() {
      return pause;
    }

    @Override
    public int status() {
      return 503;
    }
  }

  /** A published flist exists but cannot be read: it is damaged or not accessible. */
  public static final class FlistUnreadableException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    /**
     * Says which one and why.
     *
     * @param name the flist's stored name
     * @param reason what was wrong, for users
     * @param cause the error behind it
     */
    public FlistUnreadableException(FlistName name, String reason, Throwable cause) {
      super("tried to read " + name.stored() + " but it is unreadable: " + reason, cause);
    }

    @Override
    public int status() {
      return 500;
    }
  }

  /** A flist, link or tag was asked for that does not exist, or a link that leads nowhere. */
  public static final class FlistNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    /** Says it in the words that clients know. */
    public FlistNotFoundException() {
      super("source not found");
    }
  }

  /** A text was given as a name that breaks the rules for names. The message is for users. */
  public static final class InvalidNameException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    InvalidNameException(String message) {
      super(message);
    }

    @Override
    public int status() {
      return 400;
    }
  }

  /** A repository was asked for that does not exist, or that cannot exist. */
  public static final class RepositoryNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    /** Says it in the words that clients know. */
    public RepositoryNotFoundException() {
      super("user not found");
    }
  }

  /** A flist has no directory, or no regular file, of a path. */
  public static final class EntryNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    public EntryNotFoundException(FlistPath path) {
      super("the flist has no /" + path);
    }
  }

  /** A page was asked for that cannot be: the limit or the cursor is not usable. */
  public static final class InvalidPageException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    public InvalidPageException(String message) {
      super(message);
    }

    @Override
    public int status() {
      return 400;
    }
  }

  /** A page was asked for about something that does not exist; the message is for people. */
  public static final class PageNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private PageNotFoundException(String message) {
      super(message);
    }

    /** Says that a link leads to what there is not any more. */
    public static PageNotFoundException behind(Object link, Object target) {
      return new PageNotFoundException(
          "“" + link + "” leads nowhere: there is no “" + target + "” on this hub any more");
    }

    /** Says what there is not. */
    public static PageNotFoundException of(String what, Object name) {
      return new PageNotFoundException(
          "there is no " + what + " “" + PrintableText.of(name.toString()) + "” here");
    }
  }

  /** A page cannot change what its form is about; the message is for people. */
  public static final class ChangeRejectedException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private ChangeRejectedException(String message) {
      super(message);
    }

    /** It belongs to another account than the one that the visitor acts for. */
    public static ChangeRejectedException ofAnother(RepositoryName repository, RepositoryName own) {
      return new ChangeRejectedException(
          "only %s can change this, and you act for %s".formatted(repository, own));
    }

    /** Its name stands for a flist as well, which changes would be about. */
    public static ChangeRejectedException hidden(String name) {
      return new ChangeRejectedException(
          "there is a flist “%s.flist” as well: rename or delete that first".formatted(name));
    }
  }

  /**
   * A tag, or what it should hold, does not exist. The message is in the words that clients know.
   */
  public static final class SourceNotFoundException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private SourceNotFoundException(String message) {
      super(message);
    }

    /** There is no such repository, nor could there be. */
    public static SourceNotFoundException repository() {
      return new SourceNotFoundException("source repository not found");
    }

    /** There is no such tag. */
    public static SourceNotFoundException tag() {
      return new SourceNotFoundException("source tag not found");
    }

    /** The tag has no such entry. */
    public static SourceNotFoundException entry() {
      return new SourceNotFoundException("target not found on this tag");
    }
  }

  /** A link cannot have the name that it was to get. The message is for users. */
  public static final class LinkConflictException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    private LinkConflictException(String message) {
      super(message);
    }

    /** Only a link may be replaced by a link. */
    public static LinkConflictException withFile() {
      return new LinkConflictException("link destination is already a file");
    }

    /** The name would hide behind that of a flist. */
    public static LinkConflictException withFlist() {
      return new LinkConflictException(
          "there is a .flist file with the same name existing already");
    }

    /** The name is one of a flist. */
    public static LinkConflictException suffix() {
      return new LinkConflictException("tag symlink cannot ends with .flist");
    }

    /** What the link is to lead to leads back to the link. */
    public static LinkConflictException circle() {
      return new LinkConflictException("link would lead to itself");
    }

    /** Clients know by it that a link cannot be made. */
    @Override
    public int status() {
      return 401;
    }
  }
}
