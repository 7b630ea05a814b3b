package dev.flambeau.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a file, or has it brought: from this machine, else from each address in turn. */
final class Download {
  private static final System.Logger LOG = System.getLogger("dev.flambeau");

  private final RemoteFile file;
  private final Places places;
  private final Path folder;
  private final Path target;

  Download(RemoteFile file, Places places) {
    this.file = file;
    this.places = places;
    folder = places.cache().resolve(file.folder());
    target = folder.resolve(file.name());
  }

  Path run() throws DownloadException {
    try {
      Optional<Path> found = found();
      if (found.isPresent()) return found.get();
      if (places.offline()) throw failure(offline(), null);
      Files.createDirectories(folder);
      try (FileGuard guard = FileGuard.of(folder, file.name())) {
        if (!isThere(target)) fetch();
        guard.done();
      }
      return target;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(List.of("interrupted"), e);
    } catch (DownloadException e) {
      throw e;
    } catch (UncheckedIOException e) {
      boolean interrupted = Thread.currentThread().isInterrupted();
      throw failure(List.of(interrupted ? "interrupted" : "the disk: " + e.getCause()), e.getCause());
    } catch (IOException e) {
      throw failure(List.of("the disk: " + e), e);
    }
  }

  private Optional<Path> found() throws IOException {
    if (isThere(target)) return Optional.of(target);
    if (Files.exists(target)) LOG.log(Level.WARNING, target + " is not what was asked for, and not used");
    Path torch = places.torchCache().resolve(file.name());
    // Only a checksum tells that a file of that name is the one that is meant.
    return !file.checksums().isEmpty() && isThere(torch) ? Optional.of(torch) : Optional.empty();
  }

  private boolean isThere(Path path) throws IOException {
    return Files.isRegularFile(path) && Files.isReadable(path) && Digests.problem(file, path).isEmpty();
  }

  private List<String> offline() throws IOException {
    String addresses = file.addresses().stream().map(URI::toString).collect(Collectors.joining(", "));
    String forbidden = "the network is forbidden (flambeau.offline, FLAMBEAU_OFFLINE); the file is at " + addresses;
    Optional<String> problem = Files.isRegularFile(target) ? Digests.problem(file, target) : Optional.empty();
    return problem.map(p -> List.of(forbidden, "what is there has " + p)).orElse(List.of(forbidden));
  }

  private void fetch() throws DownloadException, InterruptedException {
    List<String> problems = new ArrayList<>();
    IOException last = null;
    // One file over one connection: HTTP/2 would add nothing.
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(file.patience().timeout()).build();
    try (DownloadProgress progress = new DownloadProgress(file, DownloadProgress.terminal())) {
      for (URI from : file.addresses()) {
        PartFile part = new PartFile(target);
        try {
          new Transfer(client, file, from, part, progress).run();
          part.moveTo(target);
          return;
        } catch (IOException e) {
          problems.add(from + ": " + e.getMessage());
          last = e;
        }
      }
    } finally {
      client.shutdownNow();
    }
    throw failure(problems, last);
  }

  private DownloadException failure(List<String> problems, @Nullable Throwable cause) {
    String expected = Stream.concat(file.checksums().stream().map(Checksum::toString),
        file.size() < 0 ? Stream.empty() : Stream.of(file.size() + " bytes")).collect(Collectors.joining(", "));
    return new DownloadException(
        "download of " + file.name() + (expected.isEmpty() ? "" : " (" + expected + ")") + " failed:\n  "
            + String.join("\n  ", problems) + "\nTry again, or get the file from elsewhere and put it there: " + target,
        cause);
  }
}
