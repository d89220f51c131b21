package tf.grid.hub.exchange;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.ChangeKind;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.body.SmallBodies;
import tf.grid.hub.http.json.JsonStringArray;
import tf.grid.hub.http.json.JsonStringArray.NotStringArrayException;
import tf.grid.hub.http.send.WeakBytes;

/** Chunks by id. Reading is public; storing requires a token with the scope write. */
@SingletonBean
@Path("chunks")
public class ChunkResource {
  private static final int MOST_IDS = 10_000;

  /** An id with quotes, a comma and some white space. */
  private static final long MOST_BYTES = MOST_IDS * 64L;

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final AccessControl access;
  private final ChunkExchange chunks;
  private final SmallBodies bodies;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public ChunkResource() {
    this(null, null, null);
  }

  @Inject
  public ChunkResource(AccessControl access, ChunkExchange chunks, SmallBodies bodies) {
    this.access = access;
    this.chunks = chunks;
    this.bodies = bodies;
  }

  /**
   * Returns the ids in a JSON array that are not stored, without duplicates. The other chunks are
   * kept for a client that may publish them.
   */
  @POST
  @Path("missing")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public JsonArray missing(InputStream body) throws IOException {
    Set<ChunkId> asked = new LinkedHashSet<>();
    try {
      List<String> texts =
          bodies.read(
              access.sender(),
              body,
              MOST_BYTES,
              bounded -> JsonStringArray.read(bounded, MOST_IDS));
      texts.forEach(text -> asked.add(id(text)));
    } catch (NotStringArrayException e) {
      throw ChunkRequestException.malformed(e.getMessage());
    }
    Set<ChunkId> missing = chunks.missing(asked, access.mayChange());
    JsonArrayBuilder answer = Json.createArrayBuilder();
    asked.stream().filter(missing::contains).forEach(id -> answer.add(id.toString()));
    return answer.build();
  }

  /** Returns the stored bytes of a chunk, which never change. */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id, @Context Request request) {
    ChunkId chunk = id(id);
    byte[] stored = chunks.get(chunk);
    WeakBytes bytes = new WeakBytes(() -> chunks.get(chunk), stored);
    EntityTag tag = new EntityTag(chunk.toString());
    Response.ResponseBuilder known = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer =
        known != null
            ? known
            : Response.ok(bytes.body(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, stored.length);
    return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, FOR_EVER).build();
  }

  /** Stores several chunks. Their ids follow from their bytes. */
  @POST
  @Audited("store-chunks")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject putAll(InputStream body) throws IOException {
    ChunkExchange.Stored stored = chunks.putAll(access.toChange(ChangeKind.UNCOUNTED), body);
    return Json.createObjectBuilder()
        .add("status", "success")
        .add(
            "payload",
            Json.createObjectBuilder().add("stored", stored.fresh()).add("known", stored.known()))
        .build();
  }

  /** Stores a chunk: 201 if it is new, 200 if it was already stored. */
  @PUT
  @Audited("store-chunk")
  @Path("{id}")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public Response put(@PathParam("id") String id, InputStream body) throws IOException {
    boolean fresh = chunks.put(access.toChange(ChangeKind.UNCOUNTED), id(id), body);
    return Response.status(fresh ? 201 : 200).entity(Answer.success()).build();
  }

  private static ChunkId id(String text) {
    try {
      return ChunkId.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw ChunkRequestException.malformed("the id of a chunk has 32 hexadecimal digits");
    }
  }
}
