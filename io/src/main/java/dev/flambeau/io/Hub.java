package dev.flambeau.io;

import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Downloads files once, into a folder of the user's.
 *
 * <pre>{@code
 * Path weights = Hub.file("https://download.pytorch.org/models/resnet18-f37072fd.pth")
 *     .sha256Prefix("f37072fd").inCache("checkpoints").download();
 * }</pre>
 *
 * <p>The folder is the first there is of: the system property {@code flambeau.home}, the environment's
 * {@code FLAMBEAU_HOME}, {@code $XDG_CACHE_HOME/flambeau}, {@code ~/.cache/flambeau}. Where the system property
 * {@code flambeau.offline} is {@code true}, or the environment's {@code FLAMBEAU_OFFLINE} is {@code 1}, the network is
 * never asked: a file is there, or the error says where to put it. Proxies are those of the JDK
 * ({@code https.proxyHost}).
 *
 * <p>Source: {@code torch.hub.download_url_to_file}, {@code torch.hub.load_state_dict_from_url}.
 */
public final class Hub {
  private Hub() {}

  /**
   * The file of an address, downloaded unless it was before; its bytes are not checked, as nothing says what they
   * should be.
   *
   * @throws DownloadException where it cannot be had
   */
  public static Path download(URI from) throws DownloadException { return file(from).download(); }

  /**
   * A file to download; its name is the last part of the first address, its folder in the cache is named after the
   * rest of it.
   *
   * @param mirrors asked in this order where the one before fails
   * @throws IllegalArgumentException for an address that is not http or https, or names no file
   */
  public static RemoteFile file(URI from, URI... mirrors) {
    return RemoteFile.of(Stream.concat(Stream.of(from), Stream.of(mirrors)).toList());
  }

  /** {@link #file(URI, URI...)} of addresses as they are written. */
  public static RemoteFile file(String from, String... mirrors) {
    return file(URI.create(from), Stream.of(mirrors).map(URI::create).toArray(URI[]::new));
  }

  /** Where downloaded files are kept. */
  public static Path cacheFolder() { return Places.ofSystem().cache(); }

  /** Whether the user forbids the network. */
  public static boolean offline() { return Places.ofSystem().offline(); }
}
