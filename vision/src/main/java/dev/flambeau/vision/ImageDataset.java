package dev.flambeau.vision;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.data.Dataset;
import dev.flambeau.data.Example;
import dev.flambeau.vision.transforms.ToImage;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/**
 * Small pictures and the class of each, all in memory. As a data set of pictures it is for transforms:
 * {@code Mnist.train().mapped(e -> e.mapInput(transform))}; {@link #tensors} is the quicker way where there are none.
 */
public final class ImageDataset implements Dataset<Example<BufferedImage>> {
  private final Tensor images;
  private final Tensor targets;
  private final List<String> classes;
  private final int white;

  /**
   * Pictures and their classes, not copied.
   *
   * @param images uint8 of shape (N, 1 or 3, height, width)
   * @param targets int64 of shape (N), numbers of classes
   * @param classes their names
   * @param white the value of full brightness, 255 as a rule
   */
  ImageDataset(Tensor images, Tensor targets, List<String> classes, int white) {
    boolean fits = images.dtype() == DType.UINT8 && images.dim() == 4 && targets.dtype() == DType.INT64
        && targets.dim() == 1 && targets.size(0) == images.size(0);
    if (!fits) {
      throw new IllegalArgumentException(
          "ImageDataset: expected uint8 pictures (N, C, height, width) and int64 targets (N),"
              + " got " + images.dtype() + " " + Arrays.toString(images.shape()) + " and " + targets.dtype() + " "
              + Arrays.toString(targets.shape()));
    }
    this.images = images;
    this.targets = targets;
    this.classes = List.copyOf(classes);
    this.white = white;
  }

  /** All pictures, uint8 of shape (N, 1 or 3, height, width). */
  public Tensor images() { return images; }

  /** All classes' numbers, int64 of shape (N). */
  public Tensor targets() { return targets; }

  /** The classes' names, in the order of their numbers. */
  public List<String> classes() { return classes; }

  @Override
  public long size() { return images.size(0); }

  /** A picture, grey or RGB, and its class's number, int64 of shape (). */
  @Override
  public Example<BufferedImage> get(long index) {
    Tensor image = images.select(0, index);
    if (white != 255) image = image.to(DType.FLOAT32).div(white);
    return new Example<>(new ToImage().apply(image), targets.select(0, index));
  }

  /** The same examples as float32 tensors of 0 … 1, of shape (1 or 3, height, width). */
  public Dataset<Example<Tensor>> tensors() {
    return new Dataset<>() {
      @Override
      public long size() { return images.size(0); }

      @Override
      public Example<Tensor> get(long index) {
        return new Example<>(images.select(0, index).to(DType.FLOAT32).div(white), targets.select(0, index));
      }
    };
  }
}
