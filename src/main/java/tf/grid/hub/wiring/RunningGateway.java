package tf.grid.hub.wiring;

import java.util.Optional;
import tf.grid.hub.gateway.Gateway;

/**
 * The gateway after the start.
 *
 * @param gateway listens; empty if the gateway is disabled
 */
public record RunningGateway(Optional<Gateway> gateway) {}
