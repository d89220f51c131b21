package tf.grid.hub.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.http.BasePath;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.site.asset.Assets;
import tf.grid.hub.site.identity.SiteIdentity;
import tf.grid.hub.site.identity.SiteIdentity.SiteLink;
import tf.grid.hub.site.language.Languages;
import tf.grid.hub.site.language.Messages;

/** The frame of all pages. */
@Named("site")
@RequestScoped
public class SiteView {

  private static final String DONE = "done";

  /** Parameter of all pages with the chosen language. */
  static final String LANGUAGE = "language";

  /** URLs contain only these words, so that a link cannot inject text into a page. */
  private static final Set<String> DONE_WORDS =
      Set.of("copied", "deleted", "linked", "renamed", "tagged", "untagged");

  private final HttpServletRequest request;
  private final AccessPolicy policy;
  private final AccessControl access;
  private final Messages messages;
  private final Languages languages;
  private final BasePath base;
  private final SiteIdentity identity;
  private final Assets assets;

  protected SiteView() {
    this(null, null, null, null, null, null, null, null);
  }

  @Inject
  public SiteView(
      HttpServletRequest request,
      AccessPolicy policy,
      AccessControl access,
      Messages messages,
      Languages languages,
      BasePath base,
      SiteIdentity identity,
      Assets assets) {
    this.identity = identity;
    this.assets = assets;
    this.messages = messages;
    this.languages = languages;
    this.request = request;
    this.policy = policy;
    this.access = access;
    this.base = base;
  }

  /** The name of the hub. */
  public String getName() {
    return identity.name();
  }

  /** The path of the logo. */
  public String getLogo() {
    return assets.address(Assets.logo(identity));
  }

  /** The links at the end of the page. */
  public List<SiteLink> getLinks() {
    return identity.links();
  }

  /** What precedes the paths of the hub in URLs; empty or a path without a trailing slash. */
  public String getBase() {
    return base.value();
  }

  /** The URL of a path of the hub; other URLs are returned unchanged. */
  public String url(String address) {
    return base.url(address);
  }

  /** The signed-in user, or empty. */
  public String getUser() {
    Principal user = request.getUserPrincipal();
    return user == null ? "" : user.getName();
  }

  /** The account that the visitor acts for, if it is not the visitor's own; otherwise empty. */
  public String getAccount() {
    return access
        .current()
        .map(AccountName::value)
        .filter(account -> !account.equals(getUser()))
        .orElse("");
  }

  /** The page of the repository that the visitor publishes to. */
  public String getRepository() {
    return "/" + FileName.encode(getAccount().isEmpty() ? getUser() : getAccount());
  }

  /** Whether the visitor must be told that a form was not processed. */
  public boolean isUnsent() {
    return request.getAttribute(ExpiredFormHandler.UNSENT) != null
        || ParameterizedRequest.ofAddress(request).getParameter(PageFilter.UNSENT) != null;
  }

  /** Whether the visitor may publish. */
  public boolean isActing() {
    return !policy.readOnly() && !getUser().isEmpty();
  }

  /** Whether the visitor may look after the hub. */
  public boolean isOperating() {
    return access.mayOperate();
  }

  /** Whether the visitor may change this repository. */
  public boolean owns(String repository) {
    return isActing()
        && access.current().map(AccountName::value).filter(repository::equals).isPresent();
  }

  /** The message about a completed form, or empty. */
  public String getDone() {
    String word = ParameterizedRequest.ofAddress(request).getParameter(DONE);
    return word != null && DONE_WORDS.contains(word) ? messages.word("done", word) : "";
  }

  /** The path of the script with the texts of scripts. */
  public String getTexts() {
    return assets.address(Assets.texts(messages.language()));
  }

  /** The language of the page, as a tag. */
  public String getLanguage() {
    return messages.language().tag();
  }

  /** The languages to choose from, in their order of tags; empty if there is no choice. */
  public List<Choice> getLanguages() {
    if (!languages.areChoosable()) {
      return List.of();
    }
    // Without the path, since a URL of an earlier hub contains a token that is not repeated.
    Object query = request.getAttribute(PageFilter.QUERY);
    String start = query == null ? "/?" : query.toString().isEmpty() ? "?" : "?" + query + "&";
    return languages.all().stream()
        .map(each -> new Choice(each.tag(), each.name(), start + LANGUAGE + "=" + each.tag()))
        .toList();
  }

  /**
   * A language to choose.
   *
   * @param tag its language tag
   * @param name in the language itself
   * @param address of this page, for a visitor who chooses it
   */
  public record Choice(String tag, String name, String address) {}

  public boolean isOpen() {
    return policy.open();
  }

  public boolean isReadOnly() {
    return policy.readOnly();
  }
}
