package tf.grid.hub.account.login;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ways to sign in that the operator has set up.
 *
 * @param elsewhere with the help of another site, in the order in which they are offered
 * @param trial whether any name is taken, on a hub that only its own machine can reach
 */
public record LoginMechanisms(List<LoginMechanism> elsewhere, boolean trial) {

  /** Copies the list. */
  public LoginMechanisms {
    elsewhere = List.copyOf(elsewhere);
  }

  /** The one that starts at a path of the site. */
  Optional<LoginMechanism> startingAt(String path) {
    return find(LoginMechanism::startPath, path);
  }

  /** The one that comes back to a path of the site. */
  Optional<LoginMechanism> returningTo(String path) {
    return find(LoginMechanism::returnPath, path);
  }

  private Optional<LoginMechanism> find(Function<LoginMechanism, String> place, String path) {
    return elsewhere.stream().filter(one -> place.apply(one).equals(path)).findFirst();
  }
}
