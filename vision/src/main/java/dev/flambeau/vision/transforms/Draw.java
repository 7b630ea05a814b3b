package dev.flambeau.vision.transforms;

import dev.flambeau.Torch;

/** Single random numbers, drawn as torchvision draws them. */
final class Draw {
  private Draw() {}

  static double uniform(double from, double to) { return Torch.empty(1).uniform_(from, to).item(); }

  static int below(int end) { return (int) Torch.randint(0, end, 1).itemLong(); }

  static boolean chance(double p) { return Torch.rand(1).item() < (float) p; }

  static double requireProbability(String transform, double p) {
    if (p >= 0 && p <= 1) return p;
    throw new IllegalArgumentException(transform + ": expected a probability from 0 to 1, got " + p);
  }
}
