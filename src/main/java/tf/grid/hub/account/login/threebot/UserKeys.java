package tf.grid.hub.account.login.threebot;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import tf.grid.hub.account.login.JsonClient;
import tf.grid.hub.account.login.SignInException;

/** Fetches the public keys of users of ThreeFold Connect. Thread-safe. */
public final class UserKeys {

  private final URI login;
  private final JsonClient remote;

  /**
   * Fetches keys from this login service.
   *
   * @param login base URL without a trailing slash
   */
  public UserKeys(URI login, JsonClient remote) {
    this.login = login;
    this.remote = remote;
  }

  /**
   * Returns the Ed25519 key of a user.
   *
   * @param doubleName only characters that need no escaping in a path
   */
  byte[] of(String doubleName) throws SignInException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(login + "/api/users/" + doubleName))
            .header("Accept", "application/json")
            .build();
    try {
      JsonObject user = remote.ask(request);
      byte[] key = Base64.getDecoder().decode(user.getString("publicKey"));
      if (user.getString("doublename").equals(doubleName)) {
        return key;
      }
    } catch (IOException e) {
      throw new SignInException(
          "ThreeFold Connect does not tell the key of " + doubleName + ": try again later", e);
    } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
      throw new SignInException("ThreeFold Connect has no usable key of " + doubleName, e);
    }
    throw new SignInException("ThreeFold Connect answered with the key of somebody else");
  }
}
