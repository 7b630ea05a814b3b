package dev.flambeau.io;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file on its way from one address: gone on with after cuts; bounded in attempts, time and bytes. */
final class Transfer {
  private static final Pattern VERSION = Pattern.compile("\"[\\x21\\x23-\\x7e]*\"|[A-Za-z0-9 ,:+-]+");
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final long UNKNOWN = -1;

  /** What another attempt would not change. */
  private static final class Refusal extends IOException {
    Refusal(String message) {
      super(message);
    }
  }

  private final HttpClient client;
  private final RemoteFile file;
  private final URI from;
  private final PartFile part;
  private final DownloadProgress progress;
  private boolean answered;

  Transfer(HttpClient client, RemoteFile file, URI from, PartFile part, DownloadProgress progress) {
    this.client = client;
    this.file = file;
    this.from = from;
    this.part = part;
    this.progress = progress;
  }

  /** Whether a header's value names a version such that a part of that version can be gone on with. */
  static boolean isVersion(String value) { return VERSION.matcher(value).matches(); }

  /** Brings the part to its end; the message of an error does not say from where. */
  void run() throws IOException, InterruptedException {
    for (int attempt = 1;; attempt++) {
      try {
        attempt();
        return;
      } catch (Refusal refusal) {
        throw refusal;
      } catch (IOException cut) {
        if (!answered && unreachable(cut)) throw new IOException("no connection: " + words(cut), cut);
        if (attempt == file.patience().attempts())
          throw new IOException(
              "given up after " + attempt + (attempt == 1 ? " attempt: " : " attempts; the last one: ") + words(cut),
              cut);
      }
      Thread.sleep(file.patience().after(attempt));
    }
  }

  private static boolean unreachable(IOException e) {
    return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
  }

  private static String words(IOException e) {
    if (e.getMessage() != null) return e.getMessage();
    Throwable first = e;
    while (first.getCause() != null) first = first.getCause();
    return first.toString(); // as in java.nio.channels.UnresolvedAddressException
  }

  private void attempt() throws IOException, InterruptedException {
    Optional<String> version = part.version(from);
    long here = version.isPresent() ? part.length() : 0;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(from).timeout(file.patience().timeout()).header("Accept-Encoding", "identity");
    version.ifPresent(v -> request.header("Range", "bytes=" + here + "-").header("If-Range", v));
    HttpResponse<BodyQueue> response = send(request.build());
    answered = true;
    try (BodyQueue body = response.body()) {
      long total = total(response, here, version);
      if (response.statusCode() == 200) part.begin(from, version(response));
      receive(body, response.statusCode() == 200 ? 0 : here, total);
    }
  }

  private HttpResponse<BodyQueue> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, _ -> new BodyQueue());
    } catch (RuntimeException e) { // as for a redirection to what is no address
      throw new Refusal("the answer makes no sense: " + e.getMessage());
    }
  }

  /** How many bytes the file shall have according to the answer. */
  private long total(HttpResponse<?> response, long here, Optional<String> version) throws IOException {
    int status = response.statusCode();
    if (PASSING.contains(status)) throw new IOException("HTTP status " + status);
    long total = switch (status) {
      case 200 -> response.headers().firstValueAsLong("Content-Length").orElse(UNKNOWN);
      case 206 -> totalOfRest(response, here, version);
      case 416 -> throw anew("the server has no bytes from " + here + " on");
      default -> throw new Refusal("HTTP status " + status + response.headers().firstValue("Location")
          .map(to -> " to " + to + ", not followed: too many redirections, or from https to http").orElse(""));
    };
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equals("identity") && !file.name().endsWith("gz")) // servers give .gz files this header as well
      throw new Refusal("the server sends the file in the encoding " + encoding + ", which it was not asked for");
    if (file.size() >= 0 && total >= 0 && total != file.size())
      throw new Refusal("expected " + file.size() + " bytes, the server has " + total);
    if (total > file.limit()) throw new Refusal("expected at most " + file.limit() + " bytes, the server has " + total);
    return total < 0 ? file.size() : total;
  }

  private long totalOfRest(HttpResponse<?> response, long here, Optional<String> version) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    Optional<String> now = version(response);
    if (here == 0 || !range.matches() || Long.parseLong(range.group(1)) != here)
      throw anew("the server sends other bytes than those from " + here + " on");
    if (now.isPresent() && !now.equals(version)) throw anew("the file has changed on the server");
    return range.group(2).equals("*") ? UNKNOWN : Long.parseLong(range.group(2));
  }

  /** An error after which the next attempt begins at the first byte. */
  private IOException anew(String problem) {
    part.delete();
    return new IOException(problem);
  }

  /** The ETag unless it is a weak one, else the date. */
  private static Optional<String> version(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").filter(tag -> tag.startsWith("\""))
        .or(() -> response.headers().firstValue("Last-Modified")).filter(Transfer::isVersion);
  }

  private void receive(BodyQueue body, long start, long total) throws IOException, InterruptedException {
    long bound = file.size() >= 0 ? Math.min(file.size(), file.limit()) : file.limit();
    long position = start;
    Digests digests = new Digests(file);
    if (start > 0) part.read(digests);
    try (FileChannel channel = part.append()) {
      for (List<ByteBuffer> buffers; !(buffers = body.next(file.patience().timeout())).isEmpty();) {
        for (ByteBuffer bytes : buffers) {
          position += bytes.remaining();
          if (position > bound) throw refused("expected at most " + bound + " bytes, more came");
          digests.update(bytes);
          PartFile.write(channel, bytes);
        }
        progress.at(position, total);
      }
      if (total >= 0 && position != total)
        throw new IOException("the server promised " + total + " bytes, and sent " + position);
      Optional<String> problem = digests.problem();
      if (problem.isPresent()) throw start > 0 ? anew(problem.get()) : refused(problem.get());
      PartFile.flush(channel);
    }
  }

  private Refusal refused(String problem) {
    part.delete();
    return new Refusal(problem);
  }
}
