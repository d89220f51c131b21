package tf.grid.hub.site.asset;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.Resource;
import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.application.ResourceWrapper;
import jakarta.faces.context.FacesContext;

/**
 * Lets {@code #{resource['hub:site.css']}} and its like name what {@link AssetServlet} serves.
 * Faces' own addresses for resources stay closed. Safe for any number of threads.
 */
public final class AssetResourceHandler extends ResourceHandlerWrapper {

  /** Takes the server's handler. */
  public AssetResourceHandler(ResourceHandler wrapped) {
    super(wrapped);
  }

  @Override
  public boolean isResourceRequest(FacesContext context) {
    return false;
  }

  @Override
  public Resource createResource(String name) {
    return addressed(super.createResource(name));
  }

  @Override
  public Resource createResource(String name, String library) {
    return addressed(super.createResource(name, library));
  }

  @Override
  public Resource createResource(String name, String library, String contentType) {
    return addressed(super.createResource(name, library, contentType));
  }

  private static Resource addressed(Resource found) {
    return found == null ? null : new Addressed(found);
  }

  /** A resource at our address. */
  private static final class Addressed extends ResourceWrapper {

    Addressed(Resource wrapped) {
      super(wrapped);
    }

    @Override
    public String getRequestPath() {
      String library = getLibraryName();
      String path = library == null ? getResourceName() : library + "/" + getResourceName();
      String root = FacesContext.getCurrentInstance().getExternalContext().getRequestContextPath();
      return root + CDI.current().select(Assets.class).get().address(path);
    }
  }
}
