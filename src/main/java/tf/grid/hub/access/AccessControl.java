package tf.grid.hub.access;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.access.AccessException.AccountNotGrantedException;
import tf.grid.hub.access.AccessException.ForeignRequestException;
import tf.grid.hub.access.AccessException.InsufficientScopeException;
import tf.grid.hub.access.AccessException.NotAdministratorException;
import tf.grid.hub.access.AccessException.NotSignedInException;
import tf.grid.hub.access.AccessException.ReadOnlyModeException;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.AuthenticationFailure;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.HeaderText;
import tf.grid.hub.http.body.SmallBodies.Sender;

/**
 * Decides who may do what. Everything that acts on somebody's repository asks here first, and
 * learns in the answer whose repository that is. Thread-safe.
 */
@SingletonBean
public class AccessControl {

  private static final String ACTIVE_USER_HEADER = "X-Active-User";

  /** The cookie that says which account a browser acts for. */
  public static final String ACTIVE_USER_COOKIE = "active-user";

  private final HttpServletRequest request;
  private final AccessPolicy policy;
  private final UsersMap users;
  private final ChangeRates rates;

  /**
   * Takes what decisions rest on.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public AccessControl(
      HttpServletRequest request, AccessPolicy policy, UsersMap users, ChangeRates rates) {
    this.request = request;
    this.policy = policy;
    this.users = users;
    this.rates = rates;
  }

  /**
   * The acting account of a request that only reads.
   *
   * @throws AccessException when nobody is signed in, or the token or the account do not fit
   */
  public AccountName toRead() {
    return acting(Scope.READ);
  }

  /**
   * The acting account of a request that changes something. Ask before the first byte of the body
   * is read.
   *
   * @throws AccessException as {@link #toRead}, and when the hub is read-only or the request may
   *     have been forged by another site
   * @throws tf.grid.hub.limit.TryAgainLaterException when the account or its address has changed
   *     something too often
   */
  public AccountName toChange() {
    return toChange(ChangeKind.CHANGE);
  }

  /** The same for a kind of change. */
  public AccountName toChange(ChangeKind kind) {
    refuseReadOnly();
    rates.countAddress(kind, request);
    if (policy.open()) {
      refuseForeign();
      return acting(Scope.WRITE);
    }
    AccountName account = acting(Scope.WRITE);
    rates.countAccount(kind, account, request);
    return account;
  }

  /** Whether a change would be allowed, apart from how often; for requests that change nothing. */
  public boolean mayChange() {
    try {
      refuseReadOnly();
      if (policy.open()) {
        refuseForeign();
      }
      allowed(Scope.WRITE);
      return true;
    } catch (AccessException e) {
      return false;
    }
  }

  /**
   * Refuses what would change the catalogue of a read-only hub.
   *
   * @throws ReadOnlyModeException if the hub is read-only
   */
  public void refuseReadOnly() {
    if (policy.readOnly()) {
      throw new ReadOnlyModeException();
    }
  }

  /**
   * Who is signed in, to manage the own tokens.
   *
   * @throws AccessException when nobody is signed in, or the token does not allow that
   */
  public Caller toAdminister() {
    Caller caller = caller();
    if (!caller.may(Scope.ADMIN)) {
      throw new InsufficientScopeException(Scope.ADMIN);
    }
    return caller;
  }

  /**
   * The administrator who looks after the hub, or changes something about it. Without
   * authentication, that is everyone.
   *
   * @throws AccessException when nobody is signed in, the token does not allow that, the user is no
   *     administrator, or the request may have been forged by another site
   */
  public AccountName toOperate() {
    if (policy.open()) {
      refuseForeign();
      return caller().account();
    }
    Caller caller = toAdminister();
    if (!isAdministrator(caller)) {
      throw new NotAdministratorException();
    }
    AuditNotes.of(request).actsFor(caller.account().value());
    return caller.account();
  }

  /** Whether the signed-in user may look after the hub; false when nobody is signed in. */
  public boolean mayOperate() {
    return request.getUserPrincipal() instanceof Caller caller
        && (policy.open() || (caller.may(Scope.ADMIN) && isAdministrator(caller)));
  }

  /** A token for one account is none for the hub, unless that account is an administrator. */
  private boolean isAdministrator(Caller caller) {
    return policy.administrators().stream()
        .filter(account -> caller.repository().map(account::equals).orElse(true))
        .anyMatch(account -> users.allows(caller, account));
  }

  /**
   * Who is signed in, whatever the token allows.
   *
   * @throws AccessException when nobody is signed in
   */
  public Caller caller() {
    if (request.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new NotSignedInException(AuthenticationFailure.of(request));
  }

  /** The account that pages would act for; empty when nobody is signed in, or none fits. */
  public Optional<AccountName> current() {
    try {
      return Optional.of(allowed(Scope.READ));
    } catch (AccessException e) {
      return Optional.empty();
    }
  }

  /**
   * The accounts that the signed-in user can choose from, with the user's own first.
   *
   * @throws AccessException when nobody is signed in
   */
  public List<AccountName> choices() {
    Caller caller = caller();
    return users.allowedTo(caller).stream()
        .filter(account -> caller.repository().map(account::equals).orElse(true))
        .toList();
  }

  /** Who sends this request; nobody is known where authentication is off. */
  public Sender sender() {
    return !policy.open() && request.getUserPrincipal() instanceof Caller
        ? Sender.USER
        : Sender.ANONYMOUS;
  }

  /** Whether the request brings no token, good or bad. */
  public boolean isAnonymous() {
    return request.getHeader("Authorization") == null;
  }

  /**
   * Refuses what another site may have made a browser send, where no session or token protects.
   *
   * @throws ForeignRequestException when that may be so
   */
  public void refuseForeign() {
    origin().distrust(policy.publicUrl()).ifPresent(AccessControl::refuse);
  }

  /**
   * Refuses forms that another site has sent, as far as the browser tells.
   *
   * @throws ForeignRequestException when it says so
   */
  public void refuseOtherSites() {
    origin().otherSite(policy.publicUrl()).ifPresent(AccessControl::refuse);
  }

  private RequestOrigin origin() {
    return new RequestOrigin(
        request.getHeader("Host"),
        request.getHeader("Origin"),
        request.getHeader("Sec-Fetch-Site"),
        request.getLocalAddr());
  }

  private static void refuse(String why) {
    throw new ForeignRequestException(why);
  }

  private AccountName acting(Scope scope) {
    AccountName account = allowed(scope);
    AuditNotes.of(request).actsFor(account.value());
    return account;
  }

  private AccountName allowed(Scope scope) {
    Caller caller = caller();
    if (!caller.may(scope)) {
      throw new InsufficientScopeException(scope);
    }
    String asked = request.getHeader(ACTIVE_USER_HEADER);
    if (asked != null) {
      return granted(decoded(asked), caller)
          .orElseThrow(() -> AccountNotGrantedException.to(caller));
    }
    return cookie().flatMap(name -> granted(name, caller)).orElseGet(() -> usual(caller));
  }

  /** What was granted when the token was made may not be granted any more. */
  private AccountName usual(Caller caller) {
    AccountName account = caller.repository().orElse(caller.account());
    if (!mayActFor(account, caller)) {
      throw AccountNotGrantedException.to(caller);
    }
    return account;
  }

  private Optional<AccountName> granted(String name, Caller caller) {
    return Optional.of(name)
        .filter(AccountName::isValid)
        .map(AccountName::new)
        .filter(account -> caller.repository().map(account::equals).orElse(true))
        .filter(account -> mayActFor(account, caller));
  }

  /** Whether someone may act for an account, the own one included, at this moment. */
  public boolean mayActFor(AccountName account, Caller caller) {
    return users.allows(caller, account);
  }

  private Optional<String> cookie() {
    return SiteCookie.value(request, ACTIVE_USER_COOKIE).map(AccessControl::decoded);
  }

  /** Not every client can send more than ASCII, so names may come percent-encoded. */
  private static String decoded(String sent) {
    String value = HeaderText.of(sent);
    try {
      return value.indexOf('%') < 0
          ? value
          : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
