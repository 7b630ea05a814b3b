package dev.flambeau.nn;

import java.util.function.Consumer;

/** Keywords of convolutions, for static import: {@code new Conv2d(64, 128, 3, stride(2), padding(1), bias(false))}. */
public final class ConvOption {
  /** What can be chosen. A single size stands for all dimensions. */
  static final class Choices {
    long[] stride = {1}, padding = {0}, outputPadding = {0}, dilation = {1};
    long groups = 1;
    boolean same, bias = true;
    String paddingMode = "zeros";
  }

  final Consumer<Choices> choice;

  private ConvOption(Consumer<Choices> choice) { this.choice = choice; }

  /** Steps of the kernel, by default 1: one number, or one for each dimension. */
  public static ConvOption stride(long... stride) { return new ConvOption(c -> c.stride = stride.clone()); }

  /** Width of the rim on both sides of each dimension, by default 0. */
  public static ConvOption padding(long... padding) {
    return new ConvOption(c -> {
      c.padding = padding.clone();
      c.same = false;
    });
  }

  /**
   * A rim of which the output has the size of the input, for "same", or none, for "valid".
   *
   * @throws IllegalArgumentException for any other
   */
  public static ConvOption padding(String padding) {
    if (!padding.equals("same") && !padding.equals("valid")) {
      throw new IllegalArgumentException("padding: is \"same\", \"valid\" or numbers, but was \"" + padding + "\"");
    }
    return new ConvOption(c -> {
      c.padding = new long[1];
      c.same = padding.equals("same");
    });
  }

  /** What the rim holds: "zeros", by default, or "reflect", "replicate", "circular". */
  public static ConvOption paddingMode(String mode) { return new ConvOption(c -> c.paddingMode = mode); }

  /** Distance of the kernel's points, by default 1. */
  public static ConvOption dilation(long... dilation) { return new ConvOption(c -> c.dilation = dilation.clone()); }

  /** Number of groups of channels that have nothing to do with each other, by default 1. */
  public static ConvOption groups(long groups) { return new ConvOption(c -> c.groups = groups); }

  /** Whether there is a bias, as by default. */
  public static ConvOption bias(boolean bias) { return new ConvOption(c -> c.bias = bias); }

  /** What a transposed convolution adds to one side of its output, by default 0. */
  public static ConvOption outputPadding(long... sizes) { return new ConvOption(c -> c.outputPadding = sizes.clone()); }
}
