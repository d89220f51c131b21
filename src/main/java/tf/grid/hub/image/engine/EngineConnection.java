package tf.grid.hub.image.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.net.URI;
import java.time.Duration;

/**
 * How the engine is reached. Nothing is taken from the environment or from the files of the user
 * that the hub runs as: neither addresses nor credentials.
 *
 * @param host such as {@code unix:///var/run/docker.sock} or {@code tcp://127.0.0.1:2375}
 */
record EngineConnection(URI host) implements DockerClientConfig {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** An engine may work for long before it answers, such as when it makes a container. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final int CONNECTIONS = 32;

  DockerClient open() {
    return DockerClientImpl.getInstance(
        this,
        new ApacheDockerHttpClient.Builder()
            .dockerHost(host)
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT)
            .responseTimeout(SILENCE)
            .build());
  }

  @Override
  public URI getDockerHost() {
    return host;
  }

  /** The engine's own, whatever it is. */
  @Override
  public RemoteApiVersion getApiVersion() {
    return RemoteApiVersion.unknown();
  }

  @Override
  public String getRegistryUsername() {
    return null;
  }

  @Override
  public String getRegistryPassword() {
    return null;
  }

  @Override
  public String getRegistryEmail() {
    return null;
  }

  @Override
  public String getRegistryUrl() {
    return null;
  }

  @Override
  public AuthConfig effectiveAuthConfig(String imageName) {
    return null;
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    return new AuthConfigurations();
  }

  @Override
  @SuppressWarnings("deprecation") // The interface still has it; engines are reached without TLS.
  public SSLConfig getSSLConfig() {
    return null;
  }
}
