package dev.flambeau.catalogue;

import dev.flambeau.Torch;

/** Compositions whose gradients matter at special points. */
final class PointRows {
  private PointRows() {}

  static void add(Catalogue c) {
    c.row("points.where.log", x -> Torch.where(x[0].gt(0), x[0].log(), Torch.zerosLike(x[0])));
    c.row("points.where.sqrt", x -> Torch.where(x[0].gt(0), x[0].sqrt(), 0.0));
  }
}
