package tf.grid.hub.site.job;

import jakarta.json.JsonObject;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.site.catalogue.PageLinks;

/**
 * A job in a list of jobs. Immutable.
 *
 * @param id for scripts that follow it
 * @param open whether it waits or runs
 * @param text what it is doing, why it failed, or what it published
 * @param percent 0 to 100; 0 if the total is unknown
 * @param address of the page of what it published; empty if it is open or failed
 */
public record JobRow(String id, boolean open, String text, int percent, String address) {

  static JobRow of(Job job) {
    String id = job.id().toString();
    JobEvent latest = job.latest().event();
    if (latest instanceof JobEvent.Update update) {
      return new JobRow(id, true, update.message(), update.percent(), "");
    }
    if (latest instanceof JobEvent.Failed failed) {
      return new JobRow(id, false, job.step() + ": " + failed.message(), 0, "");
    }
    JsonObject made = ((JobEvent.Finished) latest).info();
    String flist = made.getString("filename", made.getString("file", ""));
    RepositoryName owner = new RepositoryName(job.owner().value());
    return new JobRow(id, false, owner + "/" + flist, 100, PageLinks.preview(owner, flist));
  }
}
