package dev.flambeau.io;

import static dev.flambeau.io.LoopbackServer.cut;
import static dev.flambeau.io.LoopbackServer.file;
import static dev.flambeau.io.LoopbackServer.promising;
import static dev.flambeau.io.LoopbackServer.range;
import static dev.flambeau.io.LoopbackServer.redirect;
import static dev.flambeau.io.LoopbackServer.say;
import static dev.flambeau.io.LoopbackServer.status;
import static dev.flambeau.io.LoopbackServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flambeau.io.LoopbackServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DownloadTest {
  private static final byte[] BYTES = bytes(1, 300_000);
  private static final byte[] OTHER = bytes(2, 300_000);
  private static final Patience SHORT = new Patience(4, Duration.ofMillis(1), Duration.ofSeconds(10));

  @TempDir
  Path home;

  @Test
  void aFileIsDownloadedOnce() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""), status("500 Once is enough"))) {
      Path path = get(server, "/models/net.pth");
      assertThat(path).isEqualTo(home.resolve("own").resolve("net.pth")).hasBinaryContent(BYTES);
      assertThat(get(server, "/models/net.pth")).isEqualTo(path);
      assertThat(server.requests).hasSize(1);
      assertThat(server.requests.getFirst().header("accept-encoding")).isEqualTo("identity");
      assertThat(left()).containsExactly("net.pth");
    }
  }

  @Test
  void withoutAFolderItIsKeptByHostAndPath() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      RemoteFile file = Hub.file(server.uri("/v1/../models/net.pth?revision=2&x=1"));
      Path path = new Download(file, places(false)).run();
      assertThat(home.relativize(path)).isEqualTo(
          Path.of("cache", "127.0.0.1_" + server.uri("").getPort(), "v1", "models", "revision=2_x=1", "net.pth"));
    }
  }

  @Test
  void afterACutItGoesOn() throws Exception {
    try (var server =
        new LoopbackServer(cut(BYTES, "\"a\"", 100_000), cut(BYTES, "\"a\"", 50_000), file(BYTES, "\"a\""))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests.stream().map(r -> r.header("range"))).containsExactly("", "bytes=100000-",
          "bytes=150000-");
      assertThat(server.requests.stream().map(r -> r.header("if-range"))).containsExactly("", "\"a\"", "\"a\"");
      assertThat(left()).containsExactly("net.pth");
    }
  }

  @Test
  void theDateTellsTheVersionWhereThereIsNoTag() throws Exception {
    String date = "Sat, 01 Nov 2025 10:00:00 GMT";
    Answer first = (_, out) -> say(out, "200 OK\r\nETag: W/\"weak\"\r\nLast-Modified: " + date, BYTES.length,
        Arrays.copyOf(BYTES, 9));
    try (var server = new LoopbackServer(first, file(BYTES, date))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().header("if-range")).isEqualTo(date);
      assertThat(server.requests.getLast().start()).isEqualTo(9);
    }
  }

  @Test
  void withoutAVersionItStartsAnew() throws Exception {
    try (var server =
        new LoopbackServer(promising(BYTES.length, Arrays.copyOf(BYTES, 99)), promising(BYTES.length, BYTES))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().header("range")).isEmpty();
    }
  }

  @Test
  void aPartOfAnEarlierRunIsGoneOnWith() throws Exception {
    try (var server = new LoopbackServer(cut(BYTES, "\"a\"", 100_000), status("404 Gone"), file(BYTES, "\"a\""))) {
      assertFails(server, "/net.pth").hasMessageContaining("HTTP status 404");
      assertThat(left()).contains("net.pth.part", "net.pth.part.from").doesNotContain("net.pth");
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().start()).isEqualTo(100_000);
      assertThat(left()).containsExactly("net.pth");
    }
  }

  @Test
  void aPartThatIsOtherwiseThanItsNoteSaysIsFoundOut() throws Exception {
    try (var server = new LoopbackServer(cut(OTHER, "\"a\"", 100_000), status("404 Gone"), file(BYTES, "\"a\""))) {
      RemoteFile file = wanted(server, "/net.pth").sha256(sha256(BYTES));
      assertFails(file);
      assertThat(download(file)).hasBinaryContent(BYTES);
      assertThat(server.requests.stream().map(LoopbackServer.Request::start)).containsExactly(0, 100_000, 100_000, 0);
    }
  }

  @Test
  void aSpoiledNoteOrAPartOfAnotherAddressIsNotUsed() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      for (String note : List.of("", "garbage", server.uri("/net.pth") + "\n\"a\r\nEvil: 1\"\n",
          "http://elsewhere/net.pth\n\"a\"\n")) {
        Files.createDirectories(home.resolve("own"));
        Files.write(home.resolve("own/net.pth.part"), Arrays.copyOf(OTHER, 77));
        Files.writeString(home.resolve("own/net.pth.part.from"), note);
        Path path = get(server, "/net.pth");
        assertThat(path).hasBinaryContent(BYTES);
        assertThat(server.requests.getLast().header("range")).isEmpty();
        Files.delete(path);
      }
    }
  }

  @Test
  void aLineThatIsAlwaysCutEndsInAnError() throws Exception {
    try (var server = new LoopbackServer(cut(BYTES, "\"a\"", 10))) {
      assertFails(server, "/net.pth").hasMessageContaining("given up after 4 attempts")
          .hasMessageContaining("put it there: " + home.resolve("own").resolve("net.pth"));
      assertThat(server.requests.stream().map(LoopbackServer.Request::start)).containsExactly(0, 10, 20, 30);
    }
  }

  @Test
  void aServerThatClosesWithoutAWordEndsInAnError() throws Exception {
    try (var server = new LoopbackServer((_, _) -> {})) {
      assertFails(server, "/net.pth").hasMessageContaining("given up after 4 attempts");
    }
  }

  @Test
  void aServerWithoutRangesStartsAnew() throws Exception {
    Answer whole = (_, out) -> say(out, "200 OK\r\nETag: \"a\"", BYTES.length, BYTES);
    try (var server = new LoopbackServer(cut(BYTES, "\"a\"", 1000), whole)) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().start()).isEqualTo(1000);
    }
  }

  @Test
  void aFileThatChangedMeanwhileStartsAnew() throws Exception {
    try (var server = new LoopbackServer(cut(OTHER, "\"a\"", 1000), file(BYTES, "\"b\""))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void aServerThatSendsTheRestOfAnotherVersionIsNotBelieved() throws Exception {
    Answer rest = (request, out) -> say(out,
        "206 Partial Content\r\nETag: \"b\"\r\nContent-Range: " + range(request.start(), BYTES), 9, new byte[9]);
    try (var server = new LoopbackServer(cut(OTHER, "\"a\"", 1000), rest, file(BYTES, "\"b\""))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests).hasSize(3);
    }
  }

  @Test
  void aServerThatSendsAnotherRangeIsNotBelieved() throws Exception {
    for (String range : List.of("bytes 5-10/300000", "bytes 99999999999999999999-3/4", "items", "bytes */300000")) {
      Answer rest =
          (_, out) -> say(out, "206 Partial Content\r\nETag: \"a\"\r\nContent-Range: " + range, 9, new byte[9]);
      try (var server = new LoopbackServer(cut(BYTES, "\"a\"", 1000), rest, file(BYTES, "\"a\""))) {
        Path path = get(server, "/net.pth");
        assertThat(path).hasBinaryContent(BYTES);
        Files.delete(path);
      }
    }
  }

  @Test
  void aRangeThatTheServerRefusesStartsAnew() throws Exception {
    try (var server =
        new LoopbackServer(cut(BYTES, "\"a\"", 1000), status("416 Range Not Satisfiable"), file(BYTES, "\"a\""))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().header("range")).isEmpty();
    }
  }

  @Test
  void moreThanPromisedIsFoundOutByTheChecksum() throws Exception {
    try (var server = new LoopbackServer(promising(1000, BYTES))) {
      assertFails(wanted(server, "/net.pth").sha256(sha256(BYTES)))
          .hasMessageContaining("wrong bytes: expected SHA-256 " + sha256(BYTES))
          .hasMessageContaining("in 1000 bytes");
      assertThat(left()).doesNotContain("net.pth", "net.pth.part");
    }
  }

  @Test
  void lessThanPromisedIsACut() throws Exception {
    try (var server = new LoopbackServer(promising(BYTES.length + 5, BYTES))) {
      assertFails(server, "/net.pth").hasMessageContaining("given up after 4 attempts");
      assertThat(left()).doesNotContain("net.pth");
    }
  }

  @Test
  void anEndThatComesTooEarlyIsACutWhereTheSizeIsKnown() throws Exception {
    Answer open = (_, out) -> {
      write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nETag: \"a\"\r\n\r\n");
      out.write(BYTES, 0, 4000);
    };
    try (var server = new LoopbackServer(open, file(BYTES, "\"a\""))) {
      assertThat(download(wanted(server, "/net.pth").size(BYTES.length))).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().start()).isEqualTo(4000);
    }
  }

  @Test
  void anotherSizeThanExpectedIsRefusedBeforeItComes() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      assertFails(wanted(server, "/net.pth").size(7)).hasMessageContaining("expected 7 bytes, the server has 300000");
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void wrongBytesAreDeleted() throws Exception {
    try (var server = new LoopbackServer(file(OTHER, "\"a\""))) {
      assertFails(wanted(server, "/net.pth").sha256Prefix(sha256(BYTES).substring(0, 8)))
          .hasMessageContaining("expected SHA-256 " + sha256(BYTES).substring(0, 8))
          .hasMessageContaining("got " + sha256(OTHER));
      assertThat(server.requests).hasSize(1);
      assertThat(left()).doesNotContain("net.pth", "net.pth.part", "net.pth.part.from");
    }
  }

  @Test
  void allChecksumsAndTheSizeAreChecked() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      RemoteFile file = wanted(server, "/net.pth").sha256(sha256(BYTES)).size(BYTES.length);
      assertFails(file.md5("0".repeat(32))).hasMessageContaining("expected MD5 000");
      assertThat(download(file.md5(hash("MD5", BYTES)))).hasBinaryContent(BYTES);
    }
  }

  @Test
  void aSpoiledFileInTheCacheIsReplaced() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      Files.createDirectories(home.resolve("own"));
      Files.write(home.resolve("own/net.pth"), OTHER);
      assertThat(download(wanted(server, "/net.pth").sha256(sha256(BYTES)))).hasBinaryContent(BYTES);
    }
  }

  @Test
  void whatIsNotThereIsNotAskedForAgain() throws Exception {
    try (var server = new LoopbackServer(status("404 Not Found"))) {
      assertFails(server, "/net.pth").hasMessageContaining("net.pth").hasMessageContaining("" + server.uri("/net.pth"))
          .hasMessageContaining("HTTP status 404");
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aServerInTroubleIsAskedAgain() throws Exception {
    try (var server = new LoopbackServer(status("500 Oops"), status("503 Busy"), file(BYTES, "\"a\""))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
    }
  }

  @Test
  void theNextAddressIsAskedWhereOneFails() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    URI dead = URI.create("http://127.0.0.1:" + closed + "/net.pth");
    try (var wrong = new LoopbackServer(file(OTHER, "\"a\"")); var right = new LoopbackServer(file(BYTES, "\"a\""))) {
      RemoteFile file = Hub.file(dead, wrong.uri("/a"), right.uri("/b")).in(home.resolve("own")).patience(SHORT)
          .sha256(sha256(BYTES));
      assertThat(download(file)).hasFileName("net.pth").hasBinaryContent(BYTES);
      assertFails(
          Hub.file(dead, wrong.uri("/a")).named("x.pth").in(home.resolve("own")).patience(SHORT).sha256(sha256(BYTES)))
              .hasMessageContaining(dead + ": no connection").hasMessageContaining(wrong.uri("/a") + ": wrong bytes");
    }
  }

  @Test
  void redirectionsAreFollowed() throws Exception {
    try (var server =
        new LoopbackServer(redirect("/there"), cut(BYTES, "\"a\"", 10), redirect("/there"), file(BYTES, "\"a\""))) {
      assertThat(get(server, "/net.pth")).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().line()).startsWith("GET /there ");
      assertThat(server.requests.getLast().start()).isEqualTo(10);
    }
  }

  @Test
  void redirectionsThatLeadNowhereEndInAnError() throws Exception {
    for (String to : List.of("/net.pth", "ftp://127.0.0.1/net.pth", "file:///etc/passwd", "http://[::bad/", "")) {
      try (var server = new LoopbackServer(redirect(to))) {
        assertFails(server, "/net.pth");
        assertThat(server.requests).as(to).hasSizeLessThan(20);
      }
    }
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws Exception {
    Answer silent = (_, _) -> Thread.sleep(10_000);
    Answer stuck = (_, out) -> {
      say(out, "200 OK\r\nETag: \"a\"", BYTES.length, Arrays.copyOf(BYTES, 500));
      Thread.sleep(10_000);
    };
    Patience little = new Patience(9, Duration.ZERO, Duration.ofMillis(300));
    try (var server = new LoopbackServer(silent, stuck, file(BYTES, "\"a\""))) {
      assertThat(download(wanted(server, "/net.pth").patience(little))).hasBinaryContent(BYTES);
      assertThat(server.requests.getLast().start()).isEqualTo(500);
    }
    Patience once = new Patience(1, Duration.ZERO, Duration.ofMillis(300));
    try (var server = new LoopbackServer(stuck)) {
      assertFails(wanted(server, "/other.pth").patience(once)).hasMessageContaining("given up after 1 attempt: ");
    }
  }

  @Test
  void aBodyWithoutEndIsBounded() throws Exception {
    Answer endless = (_, out) -> {
      write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
      while (true) out.write(BYTES);
    };
    try (var server = new LoopbackServer(endless)) {
      assertFails(wanted(server, "/net.pth").limit(1_000_000))
          .hasMessageContaining("expected at most 1000000 bytes, more came");
      assertFails(wanted(server, "/net.pth").size(1_000_000)).hasMessageContaining("expected at most 1000000 bytes");
      assertThat(left()).doesNotContain("net.pth", "net.pth.part");
      assertThat(server.requests).hasSize(2);
    }
    try (var server = new LoopbackServer(promising(Long.MAX_VALUE, BYTES))) {
      assertFails(server, "/net.pth").hasMessageContaining("the server has " + Long.MAX_VALUE);
    }
  }

  @Test
  void badHeadersEndInAnError() throws Exception {
    for (String head : List.of("200 OK\r\nContent-Length: -5", "200 OK\r\nContent-Length: many", "abc")) {
      try (var server =
          new LoopbackServer((_, out) -> write(out, "HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\nxyz"))) {
        assertFails(server, "/net.pth");
      }
    }
  }

  @Test
  void anEncodingThatWasNotAskedForIsRefused() throws Exception {
    Answer zipped = (_, out) -> say(out, "200 OK\r\nContent-Encoding: gzip", BYTES.length, BYTES);
    try (var server = new LoopbackServer(zipped)) {
      assertFails(server, "/net.pth").hasMessageContaining("encoding gzip");
      assertThat(get(server, "/net.gz")).hasBinaryContent(BYTES);
    }
  }

  @Test
  void anEmptyFileIsAFile() throws Exception {
    try (var server = new LoopbackServer(file(new byte[0], "\"a\""))) {
      assertThat(get(server, "/empty")).isEmptyFile();
    }
  }

  @Test
  void offlineNothingIsAskedAndTheErrorSaysWhatToDo() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      RemoteFile file = wanted(server, "/net.pth").sha256(sha256(BYTES));
      assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> new Download(file, places(true)).run())
          .withMessageContaining("net.pth (SHA-256 " + sha256(BYTES)).withMessageContaining("flambeau.offline")
          .withMessageContaining("" + server.uri("/net.pth"))
          .withMessageContaining("put it there: " + home.resolve("own/net.pth"));
      Files.createDirectories(home.resolve("own"));
      Files.write(home.resolve("own/net.pth"), OTHER);
      assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> new Download(file, places(true)).run())
          .withMessageContaining("what is there has wrong bytes");
      Files.write(home.resolve("own/net.pth"), BYTES);
      assertThat(new Download(file, places(true)).run()).hasBinaryContent(BYTES);
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void whatTorchHasIsUsedWhereItsBytesAreRight() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      Path torch = Files.createDirectories(home.resolve("torch")).resolve("net.pth");
      Files.write(torch, BYTES);
      assertThat(download(wanted(server, "/net.pth").sha256(sha256(BYTES)))).isEqualTo(torch);
      assertThat(server.requests).isEmpty();
      assertThat(get(server, "/net.pth")).as("nothing says which bytes are right")
          .isEqualTo(home.resolve("own/net.pth"));
      Files.write(torch, OTHER);
      assertThat(download(wanted(server, "/net.pth").in(home.resolve("new")).sha256(sha256(BYTES))))
          .startsWith(home.resolve("new"));
    }
  }

  @Test
  void callersAtTheSameTimeShareOneDownload() throws Exception {
    Answer slow = (request, out) -> {
      Thread.sleep(100);
      file(BYTES, "\"a\"").to(request, out);
    };
    try (var server = new LoopbackServer(slow); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Path>> paths =
          IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> get(server, "/net.pth"))).toList();
      for (Future<Path> path : paths) assertThat(path.get()).hasBinaryContent(BYTES);
      assertThat(server.requests).hasSize(1);
      assertThat(left()).containsExactly("net.pth");
    }
  }

  @Test
  void anInterruptedThreadStops() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (var server = new LoopbackServer((_, _) -> {
      asked.countDown();
      Thread.sleep(10_000);
    }); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteFile file = wanted(server, "/net.pth").patience(Patience.DEFAULT);
      Future<Boolean> stopped = threads.submit(() -> {
        assertFails(file).hasMessageContaining("interrupted");
        return Thread.interrupted();
      });
      asked.await();
      threads.shutdown();
      Thread.sleep(20);
      assertThat(stopped.isDone()).isFalse();
      threads.shutdownNow();
      assertThat(stopped.get()).isTrue();
    }
  }

  @Test
  void aFolderThatCannotBeIsAClearError() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      Path plain = Files.createFile(home.resolve("plain"));
      assertFails(wanted(server, "/net.pth").in(plain)).hasMessageContaining("the disk: ")
          .hasMessageContaining(plain.toString());
      assertFails(wanted(server, "/net.pth").in(plain.resolve("below"))).hasMessageContaining("the disk: ");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aDiskInTroubleIsAClearErrorAndNotTriedAgain() throws Exception {
    try (var server = new LoopbackServer(file(BYTES, "\"a\""))) {
      Files.createDirectories(home.resolve("own/net.pth.part/inside"));
      assertFails(server, "/net.pth").hasMessageContaining("the disk: ").hasMessageContaining("net.pth.part");
      Files.createDirectories(home.resolve("own/other.pth/inside"));
      assertFails(server, "/other.pth").hasMessageContaining("the disk: ").hasMessageContaining("other.pth");
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void aFullDiskIsNoReasonToAskAgain() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full));
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> PartFile.write(channel, ByteBuffer.wrap(BYTES)));
    }
  }

  @Test
  void whatAnotherProcessDownloadsIsWaitedFor() throws Exception {
    Path folder = Files.createDirectories(home.resolve("own"));
    Path program = Files.writeString(home.resolve("Other.java"), """
        void main(String[] paths) throws Exception {
          var options = java.util.Set.of(java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE);
          try (var lock = java.nio.channels.FileChannel.open(Path.of(paths[0], "net.pth.lock"), options)) {
            lock.lock();
            IO.println("locked");
            Thread.sleep(300);
            Files.writeString(Path.of(paths[0], "net.pth"), "theirs");
          }
        }
        """);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process other =
        new ProcessBuilder(java.toString(), "-XX:TieredStopAtLevel=1", program.toString(), folder.toString())
            .redirectErrorStream(true).start();
    try (var server = new LoopbackServer(file(BYTES, "\"a\"")); var said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("locked");
      assertThat(get(server, "/net.pth")).hasContent("theirs");
      assertThat(server.requests).isEmpty();
      assertThat(other.waitFor()).isZero();
    } finally {
      other.destroy();
    }
  }

  private RemoteFile wanted(LoopbackServer server, String path) {
    return Hub.file(server.uri(path)).in(home.resolve("own")).patience(SHORT);
  }

  private Path get(LoopbackServer server, String path) throws IOException { return download(wanted(server, path)); }

  private Path download(RemoteFile file) throws IOException { return new Download(file, places(false)).run(); }

  private AbstractThrowableAssert<?, ?> assertFails(LoopbackServer server, String path) {
    return assertFails(wanted(server, path));
  }

  private AbstractThrowableAssert<?, ?> assertFails(RemoteFile file) {
    return assertThatThrownBy(() -> download(file)).isExactlyInstanceOf(DownloadException.class);
  }

  private Places places(boolean offline) { return new Places(home.resolve("cache"), home.resolve("torch"), offline); }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("own"))) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception { return hash("SHA-256", bytes); }

  private static String hash(String algorithm, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }
}
