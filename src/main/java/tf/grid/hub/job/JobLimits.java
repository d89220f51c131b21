package tf.grid.hub.job;

import java.time.Duration;

/**
 * How many jobs a hub has, and for how long.
 *
 * @param open jobs that wait or run; as many ended ones are remembered four times over
 * @param openEach as many of them may be of one account
 * @param running jobs whose work the hub does on threads of its own at once
 * @param runningEach as many of them may be of one account; its others wait
 * @param patience how long a job waits for its work
 * @param memory how long an ended job is remembered, so that late listeners learn of the ending
 */
public record JobLimits(
    int open, int openEach, int running, int runningEach, Duration patience, Duration memory) {}
