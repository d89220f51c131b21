package tf.grid.hub.wiring;

import java.util.List;
import tf.grid.hub.access.AccessRefused;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.catalogue.CatalogueFull;
import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.flist.FlistRejected;
import tf.grid.hub.http.BodyCutOff;
import tf.grid.hub.http.BodyTooLarge;
import tf.grid.hub.http.StoreMapper;
import tf.grid.hub.http.UncaughtMapper;
import tf.grid.hub.image.convert.ConversionRefused;
import tf.grid.hub.image.convert.PullMapper;
import tf.grid.hub.image.pull.PullFailure;
import tf.grid.hub.image.reference.InvalidReference;
import tf.grid.hub.job.FailureReason;
import tf.grid.hub.job.JobCancelled;
import tf.grid.hub.job.JobSpent;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.upload.UploadProblem;

/**
 * What people are told when a job fails, which is what the REST API would have answered. Stateless.
 */
final class Reasons implements FailureReason {

  /** Failures whose messages were written for people. */
  private static final List<Class<? extends Throwable>> FOR_PEOPLE =
      List.of(
          AccessRefused.class,
          ArchiveRejected.class,
          BodyCutOff.class,
          BodyTooLarge.class,
          CatalogueFull.class,
          CatalogueRefusal.class,
          ConversionRefused.class,
          FlistRejected.class,
          InvalidReference.class,
          JobCancelled.class,
          JobSpent.class,
          UploadProblem.class);

  @Override
  public String of(Throwable failure) {
    if (failure instanceof PullFailure pull) {
      return PullMapper.message(pull);
    }
    if (failure instanceof StoreException store) {
      return StoreMapper.message(store);
    }
    return FOR_PEOPLE.stream().anyMatch(type -> type.isInstance(failure))
        ? failure.getMessage()
        : UncaughtMapper.logged(failure);
  }
}
