package tf.grid.hub.job;

import java.time.Duration;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * How many jobs a hub has, and for how long.
 *
 * @param open jobs that wait or run; as many ended ones are remembered four times over
 * @param openEach as many of them may be of one account
 * @param running jobs whose work the hub does on threads of its own at once
 * @param runningEach as many of them may be of one account; its others wait
 * @param maxWait how long a job waits for its work
 * @param memory how long an ended job is remembered, so that late listeners learn of the ending
 */
public record JobLimits(
    int open, int openEach, int running, int runningEach, Duration maxWait, Duration memory) {

  private static final int REMEMBERED = 4;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /**
   * Refuses one more job.
   *
   * @param all jobs that wait or run
   * @param each those of its account
   * @throws TryAgainLaterException if these are as many as allowed
   */
  public void refuseMore(long all, long each) {
    if (all >= open) {
      throw tooMany(open + " jobs are waiting or running, the most that this hub keeps");
    }
    if (each >= openEach) {
      throw tooMany(
          openEach
              + " jobs of this account are waiting or running, the most that this hub keeps for"
              + " one");
    }
  }

  private static TryAgainLaterException tooMany(String reason) {
    return TryAgainLaterException.tooMany(PAUSE, reason + ": try again later");
  }

  /** How many ended jobs are remembered. */
  public int remembered() {
    return REMEMBERED * open;
  }

  /** The end of a job whose work did not come. */
  public JobEvent.Failed waitedTooLong() {
    return new JobEvent.Failed(
        "nothing was sent for this job within " + maxWait.toMinutes() + " minutes");
  }
}
