package tf.grid.hub.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.form.ParameterizedRequest;

/** What the frame around every page shows. */
@Named("site")
@RequestScoped
public class SiteView {

  private static final String DONE = "done";

  /** Addresses name one of these, so that no address can put words into our mouth. */
  private static final Map<String, String> DEEDS =
      Map.of(
          "copied", "The copy is made.",
          "deleted", "It is deleted.",
          "linked", "The link is made.",
          "renamed", "It has its new name.",
          "tagged", "It is in this tag now.",
          "untagged", "It is out of the tag.");

  private final HttpServletRequest request;
  private final AccessPolicy policy;
  private final AccessControl access;

  /** For the container's proxy. */
  protected SiteView() {
    this(null, null, null);
  }

  /** Takes the request, what the operator decided, and who knows whom the visitor acts for. */
  @Inject
  public SiteView(HttpServletRequest request, AccessPolicy policy, AccessControl access) {
    this.request = request;
    this.policy = policy;
    this.access = access;
  }

  /** Who is signed in; empty if nobody is. */
  public String getUser() {
    Principal user = request.getUserPrincipal();
    return user == null ? "" : user.getName();
  }

  /** The account that the visitor acts for, if that is not the own one; empty otherwise. */
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

  /** Whether the visitor has sent a form that nothing was done with, and has to be told. */
  public boolean isUnsent() {
    return request.getAttribute(ExpiredFormHandler.UNSENT) != null
        || ParameterizedRequest.ofAddress(request).getParameter(PageFilter.UNSENT) != null;
  }

  /** Whether the visitor may publish. */
  public boolean isActing() {
    return !policy.readOnly() && !getUser().isEmpty();
  }

  /** Whether the visitor may change the repository of this name. */
  public boolean owns(String repository) {
    return isActing()
        && access.current().map(AccountName::value).filter(repository::equals).isPresent();
  }

  /** What a form has done that led here, in words; empty if none has. */
  public String getDone() {
    String word = ParameterizedRequest.ofAddress(request).getParameter(DONE);
    return word == null ? "" : DEEDS.getOrDefault(word, "");
  }

  /** Whether authentication is off. */
  public boolean isOpen() {
    return policy.open();
  }

  /** Whether nothing can be changed. */
  public boolean isReadOnly() {
    return policy.readOnly();
  }
}
