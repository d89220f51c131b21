package tf.grid.hub.wiring.config.access;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Who may sign in, and how.
 *
 * @param enabled whether callers must sign in
 * @param devLogin whether sign-in accepts any name, for trials
 * @param guestToken the fixed token of the user {@code guest}
 * @param tokenLife default and maximum lifetime of tokens
 * @param users users who may act for other accounts
 * @param administrators accounts whose users may administrate the hub
 */
public record AuthSettings(
    boolean enabled,
    boolean devLogin,
    Optional<Secret> guestToken,
    Duration tokenLife,
    UsersMap users,
    Set<AccountName> administrators) {

  private static final int SHORTEST_GUEST_TOKEN = 8;
  private static final int LONGEST_GUEST_TOKEN = 4096;
  private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
  private static final Duration LONGEST_LIFE = Duration.ofDays(3650);

  public static AuthSettings from(Settings settings) {
    return new AuthSettings(
        settings.flag("hub.auth.enabled", true),
        settings.flag("hub.auth.dev-login", false),
        guestToken(settings),
        settings.duration("hub.auth.token.ttl", Duration.ofDays(90), SHORTEST_LIFE, LONGEST_LIFE),
        users(settings),
        administrators(settings));
  }

  private static Set<AccountName> administrators(Settings settings) {
    String property = "hub.auth.administrators";
    Set<AccountName> names = new HashSet<>();
    for (String name : settings.list(property)) {
      if (!isName(name)) {
        throw SettingException.of(
            property, name, "a list of accounts or groups such as alice.3bot,operators");
      }
      names.add(new AccountName(name));
    }
    return Set.copyOf(names);
  }

  private static Optional<Secret> guestToken(Settings settings) {
    String property = "hub.auth.guest-token";
    Optional<Secret> token = settings.secret(property);
    token.ifPresent(
        secret -> {
          if (!isToken(secret.reveal())) {
            throw SettingException.of(
                property,
                secret,
                SHORTEST_GUEST_TOKEN
                    + " to "
                    + LONGEST_GUEST_TOKEN
                    + " visible ASCII characters without a blank");
          }
        });
    return token;
  }

  private static boolean isToken(String text) {
    return text.length() >= SHORTEST_GUEST_TOKEN
        && text.length() <= LONGEST_GUEST_TOKEN
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static UsersMap users(Settings settings) {
    String property = "hub.auth.users-map";
    Map<AccountName, Set<AccountName>> grants = new LinkedHashMap<>();
    for (String pair : settings.list(property)) {
      String[] names = pair.split("=", -1);
      if (names.length != 2 || !isName(names[0]) || !isName(names[1])) {
        throw SettingException.of(
            property, pair, "a list of account=user pairs such as official-apps=tfofficial.3bot");
      }
      grants
          .computeIfAbsent(new AccountName(names[0].strip()), account -> new HashSet<>())
          .add(new AccountName(names[1].strip()));
    }
    return new UsersMap(grants);
  }

  private static boolean isName(String text) {
    return AccountName.isValid(text.strip());
  }
}
