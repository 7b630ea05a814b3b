package dev.flambeau.io;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file somewhere in the network, what is known of it, and where it is to be kept. Made by
 * {@link Hub#file(URI, URI...)}.
 *
 * @param addresses asked in this order until one gives the file
 * @param name of the file, here
 * @param folder where it is kept; relative to {@link Hub#cacheFolder()} unless absolute
 * @param checksums all of which the bytes must have
 * @param size in bytes, -1 where unknown
 * @param limit more bytes than this are not taken
 * @param patience with slow and broken connections
 */
public record RemoteFile(List<URI> addresses, String name, Path folder, List<Checksum> checksums, long size, long limit,
    Patience patience) {
  private static final long UNKNOWN = -1;
  private static final long LIMIT = 16L << 30;

  /** {@link IllegalArgumentException} for an address that is not http or https, and for a name that is none. */
  public RemoteFile {
    addresses = List.copyOf(addresses);
    checksums = List.copyOf(checksums);
    if (addresses.isEmpty()) throw new IllegalArgumentException("download: expected an address, got none");
    for (URI address : addresses) check(address);
    if (name.isEmpty() || !FileName.clean(name).equals(name))
      throw new IllegalArgumentException(
          "download: expected the name of a file, got \"" + name + "\" for " + addresses.getFirst()
              + "; give it one as named(\"" + (name.isEmpty() ? "model.pth" : FileName.clean(name)) + "\")");
    if (size < UNKNOWN || limit < 0)
      throw new IllegalArgumentException(
          "download: expected a size and a limit of zero or more, got " + size + " and " + limit);
  }

  static RemoteFile of(List<URI> addresses) {
    URI first = addresses.getFirst();
    check(first);
    return new RemoteFile(addresses, FileName.of(first), FileName.folder(first), List.of(), UNKNOWN, LIMIT,
        Patience.DEFAULT);
  }

  private static void check(URI address) {
    boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
    if (!web || address.getHost() == null)
      throw new IllegalArgumentException("download: expected an address like https://host/file, got " + address
          + "; a file that is here already needs no download");
  }

  /** The same file kept under another name; {@link IllegalArgumentException} for one with a path in it. */
  public RemoteFile named(String other) {
    return new RemoteFile(addresses, other, folder, checksums, size, limit, patience);
  }

  /** The same file kept in a folder of the user's. */
  public RemoteFile in(Path other) {
    return new RemoteFile(addresses, name, other.toAbsolutePath(), checksums, size, limit, patience);
  }

  /**
   * The same file kept in a folder of the cache, as in {@code checkpoints}; {@link IllegalArgumentException} for a
   * path.
   */
  public RemoteFile inCache(String other) {
    if (other.isEmpty() || !FileName.clean(other).equals(other))
      throw new IllegalArgumentException(
          "download: expected the name of a folder of the cache, got \"" + other + "\"; use in(Path)");
    return new RemoteFile(addresses, name, Path.of(other), checksums, size, limit, patience);
  }

  /** The same file, with a SHA-256 that its bytes must have: 64 hexadecimal digits. */
  public RemoteFile sha256(String hex) { return with(whole(Checksum.sha256(hex))); }

  /** The same file, with the first digits (at least eight) of its SHA-256, as torchvision's file names have them. */
  public RemoteFile sha256Prefix(String hex) { return with(Checksum.sha256(hex)); }

  /** The same file, with an MD5 that its bytes must have: 32 hexadecimal digits. */
  public RemoteFile md5(String hex) { return with(whole(Checksum.md5(hex))); }

  private static Checksum whole(Checksum checksum) {
    if (checksum.hex().length() != 2 * checksum.digest().getDigestLength())
      throw new IllegalArgumentException("checksum: expected all hexadecimal digits, got " + checksum
          + "; where only the first are known, use sha256Prefix");
    return checksum;
  }

  private RemoteFile with(Checksum checksum) {
    List<Checksum> all = Stream.concat(checksums.stream(), Stream.of(checksum)).toList();
    return new RemoteFile(addresses, name, folder, all, size, limit, patience);
  }

  /** The same file, of exactly so many bytes. */
  public RemoteFile size(long bytes) {
    return new RemoteFile(addresses, name, folder, checksums, bytes, limit, patience);
  }

  /** The same file, of which no more bytes than these are taken; 16 GiB unless told. */
  public RemoteFile limit(long bytes) {
    return new RemoteFile(addresses, name, folder, checksums, size, bytes, patience);
  }

  /** The same file, asked for with more or less patience. */
  public RemoteFile patience(Patience other) {
    return new RemoteFile(addresses, name, folder, checksums, size, limit, other);
  }

  /**
   * The file, here: as found in its folder or (with a checksum) among PyTorch's own downloads, else downloaded. A file
   * with other bytes than expected is never given; one in the folder is replaced. Threads and processes that want the
   * same file at the same time download it once.
   *
   * @throws DownloadException where it cannot be had: no address gives it, the network is forbidden, the folder cannot
   * be         written, the thread is interrupted (which stays so)
   */
  public Path download() throws DownloadException { return new Download(this, Places.ofSystem()).run(); }
}
