package tf.grid.hub.job;

import java.time.Duration;

/**
 * How many jobs a hub has, and for how long.
 *
 * @param open jobs that wait or run; as many ended ones are remembered four times over
 * @param running jobs whose work the hub does on threads of its own at once
 * @param patience how long a job waits for its work
 * @param memory how long an ended job is remembered, so that late listeners learn of the ending
 */
public record JobLimits(int open, int running, Duration patience, Duration memory) {}
