package tf.grid.hub.wiring.producer;

import java.util.List;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.catalogue.CatalogueFullException;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.http.StoreMapper;
import tf.grid.hub.http.UncaughtMapper;
import tf.grid.hub.http.body.MalformedBodyException;
import tf.grid.hub.http.body.RequestBody.BodyCutOffException;
import tf.grid.hub.http.body.RequestBody.BodyTooLargeException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.convert.ConversionRequest.ConversionRequestException;
import tf.grid.hub.image.convert.PullMapper;
import tf.grid.hub.image.reference.InvalidReferenceException;
import tf.grid.hub.job.Job.JobCancelledException;
import tf.grid.hub.job.Job.JobExpiredException;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.upload.UploadException;

/**
 * What people are told when a job fails, which is what the REST API would have answered. Stateless.
 */
final class JobFailureMessages implements FailureMessage {

  /** Failures whose messages were written for people. */
  private static final List<Class<? extends Throwable>> FOR_PEOPLE =
      List.of(
          AccessException.class,
          ArchiveException.class,
          BodyCutOffException.class,
          BodyTooLargeException.class,
          CatalogueFullException.class,
          CatalogueException.class,
          ConversionRequestException.class,
          FlistRejectedException.class,
          InvalidReferenceException.class,
          JobCancelledException.class,
          JobExpiredException.class,
          MalformedBodyException.class,
          TryAgainLaterException.class,
          UploadException.class);

  @Override
  public String of(Throwable failure) {
    if (failure instanceof PullException pull) {
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
