package tf.grid.hub.account.login.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.JsonClient;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.account.login.SignInAttempt;
import tf.grid.hub.account.login.SignInException;
import tf.grid.hub.account.login.VisitorRequest;
import tf.grid.hub.http.json.BoundedJson;

class OpenIdConnectLoginTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final HandClock clock = new HandClock(NOW);
  private final LocalProvider provider;
  private final VisitorRequest browser = new VisitorRequest();
  private OpenIdConnectLogin login;
  private SignInAttempt attempt;

  OpenIdConnectLoginTest() throws IOException, JoseException {
    provider = new LocalProvider();
    login = login(LocalProvider.SECRET, provider.issuer());
    begin();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private OpenIdConnectLogin login(String secret, String issuer) {
    OpenIdConnectSettings settings =
        new OpenIdConnectSettings(
            issuer,
            LocalProvider.CLIENT,
            secret,
            URI.create("https://hub.example"),
            "openid",
            "preferred_username",
            "groups");
    JsonClient remote = new JsonClient(HttpClient.newHttpClient(), Duration.ofSeconds(30));
    return new OpenIdConnectLogin(settings, new OpenIdProvider(settings, remote, clock), clock);
  }

  private void begin() {
    attempt = SignInAttempt.begin(clock.instant(), LocalPath.HOME);
    browser.with("state", attempt.state()).with("code", "a code");
  }

  private JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(provider.issuer());
    claims.setAudience(LocalProvider.CLIENT);
    claims.setSubject("123");
    claims.setIssuedAt(NumericDate.fromMilliseconds(clock.millis()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(clock.millis() + 60_000));
    claims.setStringClaim("nonce", attempt.nonce());
    claims.setStringClaim("preferred_username", "carol");
    claims.setStringListClaim("groups", "team", "no/name");
    return claims;
  }

  private Identity identify() throws SignInException {
    return login.identify(browser.toServlet(), attempt);
  }

  private void refused() {
    assertThatThrownBy(this::identify)
        .isInstanceOf(SignInException.class)
        .hasMessageContaining("did not confirm who you are");
  }

  @Test
  void a_user_has_the_name_and_the_accounts_of_the_token() throws Exception {
    provider.issue(provider.signed(claims()));
    Identity user = identify();
    assertThat(user.account()).isEqualTo(new AccountName("carol"));
    assertThat(user.memberOf()).isEqualTo(Set.of(new AccountName("team")));
  }

  @Test
  void the_code_is_redeemed_with_the_secret_and_the_verifier() throws Exception {
    provider.issue(provider.signed(claims()));
    identify();
    String credentials =
        Base64.getEncoder()
            .encodeToString("the+hub:a+secret%3A+with+a+colon".getBytes(StandardCharsets.UTF_8));
    assertThat(provider.requests("/token"))
        .singleElement()
        .asString()
        .contains("Basic " + credentials, "code=a+code", "code_verifier=" + attempt.codeVerifier())
        .contains("redirect_uri=https%3A%2F%2Fhub.example%2Fcallback_oidc")
        .doesNotContain("client_secret");
  }

  @Test
  void a_public_client_sends_its_id_only() throws Exception {
    login = login("", provider.issuer());
    provider.issue(provider.signed(claims()));
    identify();
    assertThat(provider.requests("/token"))
        .singleElement()
        .asString()
        .contains("as=null", "client_id=the+hub")
        .doesNotContain("client_secret");
  }

  @Test
  void tokens_for_others_are_refused() throws Exception {
    JwtClaims audience = claims();
    audience.setAudience("another client");
    JwtClaims issuer = claims();
    issuer.setIssuer("http://elsewhere");
    JwtClaims party = claims();
    party.setStringClaim("azp", "another client");
    JwtClaims expired = claims();
    expired.setExpirationTime(NumericDate.fromMilliseconds(clock.millis() - 61_000));
    for (JwtClaims each : List.of(audience, issuer, party, expired)) {
      each.setStringClaim("nonce", attempt.nonce());
      provider.issue(provider.signed(each));
      refused();
      begin();
    }
  }

  @Test
  void tokens_of_another_sign_in_are_refused() throws Exception {
    JwtClaims other = claims();
    other.setStringClaim("nonce", "of another sign-in");
    provider.issue(provider.signed(other));
    refused();
    begin();
    JwtClaims without = claims();
    without.unsetClaim("nonce");
    provider.issue(provider.signed(without));
    refused();
  }

  @Test
  void tokens_without_a_signature_of_the_provider_are_refused() throws Exception {
    JsonWebSignature unsigned = new JsonWebSignature();
    unsigned.setPayload(claims().toJson());
    unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    provider.issue(unsigned.getCompactSerialization());
    refused();

    begin();
    JsonWebSignature shared = new JsonWebSignature();
    shared.setPayload(claims().toJson());
    shared.setKey(new HmacKey(new byte[32]));
    shared.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    provider.issue(shared.getCompactSerialization());
    refused();

    begin();
    String token = provider.signed(claims());
    provider.issue(token.substring(0, token.length() - 6) + "AAAAAA");
    refused();
  }

  @Test
  void a_new_key_of_the_provider_is_fetched_when_a_token_needs_it() throws Exception {
    provider.issue(provider.signed(claims()));
    identify();
    provider.changeKey();
    clock.pass(Duration.ofMinutes(1));
    begin();
    provider.issue(provider.signed(claims()));
    assertThat(identify().account()).isEqualTo(new AccountName("carol"));
    assertThat(provider.requests("/keys")).hasSize(2);
    assertThat(provider.requests("/.well-known/openid-configuration")).hasSize(1);
  }

  @Test
  void claims_that_the_token_lacks_are_those_of_the_user_info() throws Exception {
    JwtClaims few = claims();
    few.unsetClaim("preferred_username");
    few.unsetClaim("groups");
    provider.issue(provider.signed(few));
    provider.answer(
        "/info",
        "{\"sub\": \"123\", \"preferred_username\": \"dora\", \"groups\": [\"apps\"],"
            + " \"email\": \"dora@example.org\", \"email_verified\": true}");
    Identity user = identify();
    assertThat(user.account()).isEqualTo(new AccountName("dora"));
    assertThat(user.memberOf()).isEqualTo(Set.of(new AccountName("apps")));
    assertThat(user.email()).hasValue("dora@example.org");
    assertThat(provider.requests("/info")).singleElement().asString().contains("Bearer access");
  }

  @Test
  void the_user_info_of_another_user_is_refused() throws Exception {
    JwtClaims few = claims();
    few.unsetClaim("preferred_username");
    provider.issue(provider.signed(few));
    provider.answer("/info", "{\"sub\": \"456\", \"preferred_username\": \"dora\"}");
    refused();
  }

  @Test
  void a_return_from_another_provider_is_refused() throws Exception {
    provider.issue(provider.signed(claims()));
    browser.with("iss", "http://elsewhere");
    refused();
    assertThat(provider.requests("/token")).isEmpty();
  }

  @Test
  void a_provider_with_another_issuer_is_not_used() {
    login = login(LocalProvider.SECRET, provider.issuer() + "/");
    assertThatThrownBy(this::identify)
        .isInstanceOf(SignInException.class)
        .cause()
        .hasMessageContaining("hub.auth.oidc.issuer is " + provider.issuer() + "/")
        .hasMessageContaining("the provider is " + provider.issuer());
  }

  @Test
  void endpoints_without_tls_are_used_only_if_the_issuer_has_none() {
    assertThatThrownBy(
            () ->
                OpenIdProvider.Metadata.from(
                    BoundedJson.object(
                        "{\"issuer\":\"https://a\",\"authorization_endpoint\":\"http://a/login\"}"
                            .getBytes(StandardCharsets.UTF_8)),
                    "https://a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("authorization_endpoint");
  }
}
