package dev.flambeau.vision;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.io.Hub;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Pictures of 28 × 28 and their labels in the idx format: a magic number, the sizes, then a byte per value.
 *
 * @param cache the folder of the cache that they go to
 * @param classes the names of the classes
 * @param addresses where the files are published: the best place, then its mirrors
 */
record IdxFiles(String cache, List<String> classes, List<String> addresses) {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;
  private static final int SIDE = 28;
  private static final int MOST = 1_000_000;
  private static final List<String> FOLDERS = List.of("", "raw", "MNIST/raw", "FashionMNIST/raw");

  /** A published file: where it is, and what its bytes hash to. */
  record Source(String name, String md5) {}

  /** The pictures to learn from, or those to be tried on. */
  record Part(IdxFiles of, Source images, Source labels) {
    /** Out of the cache, where they are brought first if need be. */
    ImageDataset downloaded() throws IOException {
      return read(of.download(images), of.download(labels), of.classes);
    }

    /** Out of the user's folder. */
    ImageDataset in(Path folder) throws IOException {
      return read(find(folder, images.name), find(folder, labels.name), of.classes);
    }
  }

  Part train(String imagesMd5, String labelsMd5) { return part("train", imagesMd5, labelsMd5); }

  Part test(String imagesMd5, String labelsMd5) { return part("t10k", imagesMd5, labelsMd5); }

  private Part part(String name, String imagesMd5, String labelsMd5) {
    return new Part(this, new Source(name + "-images-idx3-ubyte.gz", imagesMd5),
        new Source(name + "-labels-idx1-ubyte.gz", labelsMd5));
  }

  private Path download(Source file) throws IOException {
    String[] urls = addresses.stream().map(address -> address + file.name).toArray(String[]::new);
    return Hub.file(urls[0], Arrays.copyOfRange(urls, 1, urls.length)).inCache(cache).md5(file.md5).download();
  }

  private static Path find(Path folder, String name) throws IOException {
    for (String sub : FOLDERS) {
      for (String candidate : List.of(name, name.replace(".gz", ""))) {
        Path path = folder.resolve(sub).resolve(candidate);
        if (Files.isRegularFile(path)) return path;
      }
    }
    throw new IOException("there is no " + name + " in " + folder + "; put it there, or give no folder to download it");
  }

  private static ImageDataset read(Path images, Path labels, List<String> classes) throws IOException {
    byte[] pixels = read(images, IMAGES, SIDE, SIDE);
    byte[] numbers = read(labels, LABELS);
    if (pixels.length != numbers.length * SIDE * SIDE) {
      throw new IOException(images + " has " + pixels.length / (SIDE * SIDE) + " pictures, but " + labels + " has "
          + numbers.length + " labels; they do not belong together");
    }
    long[] targets = new long[numbers.length];
    for (int i = 0; i < targets.length; i++) {
      if (numbers[i] < 0 || numbers[i] >= classes.size()) {
        throw new IOException(
            labels + ": expected labels from 0 to " + (classes.size() - 1) + ", got " + (numbers[i] & 0xff));
      }
      targets[i] = numbers[i];
    }
    Tensor x = Torch.fromArray(pixels, targets.length, 1, SIDE, SIDE);
    return new ImageDataset(x, Torch.fromArray(targets, targets.length), classes, 255);
  }

  private static byte[] read(Path path, int magic, int... sizes) throws IOException {
    try (var in = new DataInputStream(open(path))) {
      int found = in.readInt();
      if (found != magic) {
        throw new IOException(String.format("expected an idx file that begins with %08x, got %08x", magic, found));
      }
      int count = in.readInt();
      if (count < 0 || count > MOST) throw new IOException("expected at most " + MOST + " entries, got " + count);
      int bytes = count;
      for (int size : sizes) {
        int is = in.readInt();
        if (is != size) throw new IOException("expected pictures of 28 × 28, got a size of " + is);
        bytes *= size;
      }
      byte[] values = in.readNBytes(bytes); // grows with what is there, whatever the header promises
      if (values.length < bytes) throw new EOFException("it ends after " + values.length + " of " + bytes + " values");
      if (in.read() >= 0) throw new IOException("it goes on after its " + bytes + " values");
      return values;
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + (e.getMessage() == null ? e : e.getMessage())
          + "; delete it and get it anew", e);
    }
  }

  private static InputStream open(Path path) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(path));
    if (!path.toString().endsWith(".gz")) return file;
    try {
      return new GZIPInputStream(file, 1 << 16);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }
}
