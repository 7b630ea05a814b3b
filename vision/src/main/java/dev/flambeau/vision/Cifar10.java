package dev.flambeau.vision;

import dev.flambeau.Torch;
import dev.flambeau.io.Hub;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Photographs of animals and vehicles in ten classes, in colour, (3, 32, 32).
 *
 * <p>Source: A. Krizhevsky, <i>Learning Multiple Layers of Features from Tiny Images</i> (2009), the binary version.
 */
public final class Cifar10 {
  private static final String ADDRESS = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";
  private static final String MD5 = "c32a1d4ab5d03f1284b67883e8d87530";
  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final List<String> CLASSES =
      List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final List<String> TRAIN =
      List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
  private static final List<String> TEST = List.of("test_batch.bin");
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;
  private static final int ROW = 1 + PIXELS;
  private static final int MOST = 10_000 * ROW;

  private Cifar10() {}

  /**
   * The 50,000 pictures to learn from, downloaded once.
   *
   * @throws IOException if they cannot be had; it says which file to put where
   */
  public static ImageDataset train() throws IOException { return ofArchive(downloaded(), TRAIN); }

  /** As {@link #train()}, the 10,000 pictures to be tried on. */
  public static ImageDataset test() throws IOException { return ofArchive(downloaded(), TEST); }

  /**
   * The pictures to learn from, out of a folder that holds the published archive of the binary version, or its files.
   *
   * @throws IOException if they are not there, or are damaged
   */
  public static ImageDataset train(Path folder) throws IOException { return in(folder, TRAIN); }

  /** As {@link #train(Path)}, the pictures to be tried on. */
  public static ImageDataset test(Path folder) throws IOException { return in(folder, TEST); }

  private static Path downloaded() throws IOException {
    return Hub.file(ADDRESS).inCache("cifar10").md5(MD5).download();
  }

  private static ImageDataset in(Path folder, List<String> names) throws IOException {
    if (Files.isRegularFile(folder.resolve(ARCHIVE))) return ofArchive(folder.resolve(ARCHIVE), names);
    Path unpacked = Files.isDirectory(folder.resolve(FOLDER)) ? folder.resolve(FOLDER) : folder;
    List<byte[]> batches = new ArrayList<>();
    for (String name : names) {
      Path file = unpacked.resolve(name);
      if (!Files.isRegularFile(file))
        throw new IOException("there is no " + name + " and no " + ARCHIVE + " in " + folder
            + "; put one there, or give no folder to download it");
      try (InputStream in = Files.newInputStream(file)) {
        batches.add(batch(in, file.toString()));
      }
    }
    return of(batches, unpacked);
  }

  /** Reads the archive as it comes, so nothing is unpacked to the disk and names in it lead nowhere. */
  private static ImageDataset ofArchive(Path archive, List<String> names) throws IOException {
    byte[][] batches = new byte[names.size()][];
    int missing = batches.length;
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        var tar = new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null && missing > 0; entry = tar.getNextEntry()) {
        int i = entry.isFile() ? names.indexOf(entry.getName().replaceFirst(".*/", "")) : -1;
        if (i < 0 || batches[i] != null) continue;
        batches[i] = batch(tar, entry.getName());
        missing--;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(archive + " cannot be read: " + e.getMessage() + "; delete it and get it anew", e);
    }
    if (missing > 0) throw new IOException(archive + " cannot be read: it does not hold all of " + names
        + "; get the binary version from " + ADDRESS);
    return of(List.of(batches), archive);
  }

  private static byte[] batch(InputStream in, String name) throws IOException {
    byte[] rows = in.readNBytes(MOST + 1);
    if (rows.length == 0 || rows.length > MOST || rows.length % ROW != 0) {
      throw new IOException(name + ": expected up to 10,000 rows of " + ROW + " bytes, got "
          + (rows.length > MOST ? "more" : rows.length + " bytes"));
    }
    return rows;
  }

  private static ImageDataset of(List<byte[]> batches, Path source) throws IOException {
    int count = batches.stream().mapToInt(b -> b.length / ROW).sum();
    byte[] images = new byte[count * PIXELS];
    long[] targets = new long[count];
    int i = 0;
    for (byte[] batch : batches) {
      for (int at = 0; at < batch.length; at += ROW, i++) {
        targets[i] = batch[at] & 0xff;
        if (targets[i] >= CLASSES.size())
          throw new IOException(source + ": expected labels from 0 to 9, got " + targets[i]);
        System.arraycopy(batch, at + 1, images, i * PIXELS, PIXELS);
      }
    }
    return new ImageDataset(Torch.fromArray(images, count, 3, SIDE, SIDE), Torch.fromArray(targets, count), CLASSES,
        255);
  }
}
