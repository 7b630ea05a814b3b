package dev.flambeau.vision;

import dev.flambeau.Torch;
import dev.flambeau.data.Dataset;
import dev.flambeau.data.Example;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The user's own pictures: a folder with a sub-folder for each class, {@code root/cat/1.jpg}. Classes are numbered in
 * the order of their names, files in the order of their paths; .jpg, .jpeg, .png, .bmp and .gif are read, others
 * passed over.
 *
 * <p>Pictures are read each time they are asked for, as RGB (grey in three channels, alpha dropped). One that cannot be
 * read is an {@link UncheckedIOException} that names the file.
 */
public final class ImageFolder implements Dataset<Example<BufferedImage>> {
  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif");

  private final List<String> classes;
  private final List<Path> files = new ArrayList<>();
  private final List<Integer> targets = new ArrayList<>();

  /**
   * Finds the classes and files; reads none.
   *
   * @throws IOException if the folder cannot be listed, has no sub-folder, or a sub-folder has no picture
   */
  public ImageFolder(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      classes = entries.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList();
    }
    if (classes.isEmpty()) {
      throw new IOException(
          root + " has no sub-folders; expected one for each class, as in " + root.resolve("cat/1.jpg"));
    }
    for (String name : classes) {
      int before = files.size();
      try (Stream<Path> found = Files.walk(root.resolve(name), FileVisitOption.FOLLOW_LINKS)) {
        found.filter(ImageFolder::isPicture).sorted().forEach(files::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      if (files.size() == before) {
        throw new IOException(
            root.resolve(name) + " has no pictures (.jpg, .jpeg, .png, .bmp, .gif); add some or remove it");
      }
      while (targets.size() < files.size()) targets.add(classes.indexOf(name));
    }
  }

  private static boolean isPicture(Path path) {
    String name = path.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(extension) && Files.isRegularFile(path);
  }

  /** The classes' names, in the order of their numbers. */
  public List<String> classes() { return classes; }

  /** Where the pictures are, in the order of the samples. */
  public List<Path> files() { return List.copyOf(files); }

  @Override
  public long size() { return files.size(); }

  /** A picture and its class's number, int64 of shape (). */
  @Override
  public Example<BufferedImage> get(long index) {
    int i = Math.toIntExact(index);
    try {
      return new Example<>(ImageFiles.read(files.get(i)), Torch.tensor(targets.get(i).longValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
