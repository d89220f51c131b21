package tf.grid.hub.account.login;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The configured sign-in methods.
 *
 * @param elsewhere external providers, in the order in which they are offered
 */
public record LoginMechanisms(List<LoginMechanism> elsewhere) {

  public LoginMechanisms {
    elsewhere = List.copyOf(elsewhere);
  }

  Optional<LoginMechanism> startingAt(String path) {
    return find(LoginMechanism::startPath, path);
  }

  Optional<LoginMechanism> returningTo(String path) {
    return find(LoginMechanism::returnPath, path);
  }

  private Optional<LoginMechanism> find(Function<LoginMechanism, String> place, String path) {
    return elsewhere.stream().filter(one -> place.apply(one).equals(path)).findFirst();
  }
}
