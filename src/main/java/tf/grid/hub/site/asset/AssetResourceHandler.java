package tf.grid.hub.site.asset;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.Resource;
import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.application.ResourceWrapper;
import jakarta.faces.context.FacesContext;
import tf.grid.hub.http.BasePath;

/**
 * Resolves {@code #{resource['hub:site.css']}} to the URLs of {@link AssetServlet}. The resource
 * URLs of Faces are disabled. Thread-safe.
 */
public final class AssetResourceHandler extends ResourceHandlerWrapper {

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

  /** A resource with the URL of an asset. */
  private static final class Addressed extends ResourceWrapper {

    Addressed(Resource wrapped) {
      super(wrapped);
    }

    @Override
    public String getRequestPath() {
      String library = getLibraryName();
      String path = library == null ? getResourceName() : library + "/" + getResourceName();
      String address = CDI.current().select(Assets.class).get().address(path);
      return CDI.current().select(BasePath.class).get().url(address);
    }
  }
}
