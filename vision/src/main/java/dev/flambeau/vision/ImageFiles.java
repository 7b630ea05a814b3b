package dev.flambeau.vision;

import dev.flambeau.vision.transforms.ToRgb;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures from files that may be damaged, or made to do damage. */
public final class ImageFiles {
  /** What a picture may have at most: more would be gigabytes once unpacked. */
  public static final long MAX_PIXELS = 100_000_000;

  private static final Set<String> FORMATS = Set.of("jpeg", "png", "bmp", "gif");

  private ImageFiles() {}

  /**
   * A JPEG, PNG, BMP or GIF (its first picture) as RGB: grey in three channels, alpha dropped. The size is looked at
   * before memory is asked for.
   *
   * @throws IOException if it is none of these, is damaged or cut off, or has more than {@link #MAX_PIXELS} pixels; the
   *         message names the file
   */
  public static BufferedImage read(Path file) throws IOException {
    if (!Files.isReadable(file)) throw new IOException(file + " is not a file that can be read");
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      return read(in);
    } catch (IOException | RuntimeException e) { // ImageIO's readers throw all kinds of these for damaged files
      throw new IOException(file + " cannot be read as a picture: " + (e.getMessage() == null ? e : e.getMessage()), e);
    }
  }

  private static BufferedImage read(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    ImageReader reader = readers.hasNext() ? readers.next() : null;
    if (reader == null || !FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
      throw new IOException("expected a JPEG, PNG, BMP or GIF file, got "
          + (reader == null ? "another kind of file" : reader.getFormatName()));
    }
    try {
      reader.setInput(in, true, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > MAX_PIXELS) {
        throw new IOException("expected at most " + MAX_PIXELS + " pixels, got " + width + " × " + height);
      }
      reader.addIIOReadWarningListener((_, warning) -> {
        if (warning.contains("runcated") || warning.contains("orrupt")) throw new IllegalArgumentException(warning);
      });
      return new ToRgb().apply(reader.read(0));
    } finally {
      reader.dispose();
    }
  }
}
