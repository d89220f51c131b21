package tf.grid.hub.account.login.threebot;

import java.net.URI;

/**
 * How this hub is known to ThreeFold Connect.
 *
 * @param login where users are sent, and where their keys are asked for; no slash at the end
 * @param appId the name of this hub there, its host and port
 * @param email whether users have to give a verified e-mail address
 */
public record ThreebotSettings(URI login, String appId, boolean email) {}
