package dev.flambeau.catalogue;

import static dev.flambeau.nn.Functional.adaptiveAvgPool1d;
import static dev.flambeau.nn.Functional.adaptiveAvgPool2d;
import static dev.flambeau.nn.Functional.adaptiveMaxPool1dWithIndices;
import static dev.flambeau.nn.Functional.adaptiveMaxPool2dWithIndices;
import static dev.flambeau.nn.Functional.avgPool1d;
import static dev.flambeau.nn.Functional.avgPool2d;
import static dev.flambeau.nn.Functional.batchNorm;
import static dev.flambeau.nn.Functional.bilinear;
import static dev.flambeau.nn.Functional.cosineEmbeddingLoss;
import static dev.flambeau.nn.Functional.gaussianNllLoss;
import static dev.flambeau.nn.Functional.groupNorm;
import static dev.flambeau.nn.Functional.hingeEmbeddingLoss;
import static dev.flambeau.nn.Functional.instanceNorm;
import static dev.flambeau.nn.Functional.interpolate;
import static dev.flambeau.nn.Functional.layerNorm;
import static dev.flambeau.nn.Functional.maxPool1d;
import static dev.flambeau.nn.Functional.maxPool1dWithIndices;
import static dev.flambeau.nn.Functional.maxPool2d;
import static dev.flambeau.nn.Functional.maxPool2dWithIndices;
import static dev.flambeau.nn.Functional.maxUnpool2d;
import static dev.flambeau.nn.Functional.multilabelSoftMarginLoss;
import static dev.flambeau.nn.Functional.pairwiseDistance;
import static dev.flambeau.nn.Functional.pixelShuffle;
import static dev.flambeau.nn.Functional.pixelUnshuffle;
import static dev.flambeau.nn.Functional.poissonNllLoss;
import static dev.flambeau.nn.Functional.rmsNorm;
import static dev.flambeau.nn.Functional.tripletMarginLoss;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.ValuesAndIndices;
import dev.flambeau.nn.LossReduction;

/** Pooling, normalisation, resizing, and distances. */
final class SpatialRows {
  private SpatialRows() {}

  static void add(Catalogue c) {
    pooling(c);
    normalisation(c);
    resizing(c);
    distances(c);
  }

  private static long[] of(long... values) { return values; }

  private static Tensor[] both(ValuesAndIndices y) { return new Tensor[] {y.values(), y.indices()}; }

  private static void pooling(Catalogue c) {
    c.row("maxPool2d.k2", x -> maxPool2d(x[0], 2));
    c.row("maxPool2d.k3s2p1", x -> maxPool2d(x[0], 3, 2, 1));
    c.row("maxPool2d.k3x2s1x3p1x0d2x1.ceil",
        x -> maxPool2d(x[0], of(3, 2), of(1, 3), of(1, 0), of(2, 1), true));
    c.row("maxPool2d.k2s2p1.ceil", x -> maxPool2d(x[0], of(2), of(2), of(1), of(1), true));
    c.row("maxPool2d.k2p2", x -> maxPool2d(x[0], 2, 2, 2));
    c.row("maxPool2d.k40s1", x -> maxPool2d(x[0], of(2, 3), of(1), of(0), of(1), false));
    c.row("maxPool2d.k3s2.wide", x -> maxPool2d(x[0], 3, 2, 1));
    c.rows("maxPool2dWithIndices.k2s1", x -> both(maxPool2dWithIndices(x[0], of(2), of(1), of(0), of(1), false)));
    c.rows("maxPool2dWithIndices.k3s2p1", x -> both(maxPool2dWithIndices(x[0], of(3), of(2), of(1), of(1), false)));
    c.row("maxPool1d.k2", x -> maxPool1d(x[0], 2));
    c.row("maxPool1d.k3s2p1d2.ceil", x -> maxPool1d(x[0], 3, 2, 1, 2, true));
    c.rows("maxPool1dWithIndices.k3s2p1", x -> both(maxPool1dWithIndices(x[0], 3, 2, 1, 1, false)));
    c.row("maxUnpool2d.4x6", x -> maxUnpool2d(x[0], x[1], 4, 6));
    c.row("avgPool2d.k2", x -> avgPool2d(x[0], 2));
    c.row("avgPool2d.k3s2p1", x -> avgPool2d(x[0], of(3), of(2), of(1), false, true, null));
    c.row("avgPool2d.k3s2p1.ceil", x -> avgPool2d(x[0], of(3), of(2), of(1), true, true, null));
    c.row("avgPool2d.k3x2s2x1p1x0.ceil.noPad",
        x -> avgPool2d(x[0], of(3, 2), of(2, 1), of(1, 0), true, false, null));
    c.row("avgPool2d.k2.divisor3", x -> avgPool2d(x[0], of(2), of(), of(0), false, true, 3L));
    c.row("avgPool2d.k3s2p1.ceil.divisor-2", x -> avgPool2d(x[0], of(3), of(2), of(1), true, true, -2L));
    c.row("avgPool1d.k2", x -> avgPool1d(x[0], 2));
    c.row("avgPool1d.k3s2p1.ceil.noPad", x -> avgPool1d(x[0], 3, 2, 1, true, false));
    c.row("adaptiveAvgPool2d.1", x -> adaptiveAvgPool2d(x[0], 1));
    c.row("adaptiveAvgPool2d.2x3", x -> adaptiveAvgPool2d(x[0], 2, 3));
    c.row("adaptiveAvgPool2d.keepx2", x -> adaptiveAvgPool2d(x[0], -1, 2));
    c.row("adaptiveAvgPool1d.3", x -> adaptiveAvgPool1d(x[0], 3));
    c.row("adaptiveAvgPool1d.1", x -> adaptiveAvgPool1d(x[0], 1));
    c.rows("adaptiveMaxPool2d.2x3", x -> both(adaptiveMaxPool2dWithIndices(x[0], 2, 3)));
    c.rows("adaptiveMaxPool1d.3", x -> both(adaptiveMaxPool1dWithIndices(x[0], 3)));
  }

  private static void normalisation(Catalogue c) {
    c.row("batchNorm.training", x -> batchNorm(x[0], null, null, x[1], x[2], true, 0.1, 1e-5));
    c.row("batchNorm.plain", x -> batchNorm(x[0], null, null, null, null, true, 0.1, 1e-5));
    c.rows("batchNorm.running", x -> {
      Tensor mean = Torch.full(x[0].dtype(), 0.5, 3);
      Tensor variance = Torch.full(x[0].dtype(), 2, 3);
      return new Tensor[] {batchNorm(x[0], mean, variance, x[1], x[2], true, 0.3, 1e-3), mean, variance};
    });
    c.row("batchNorm.eval", x -> batchNorm(x[0], x[1], x[2], x[3], x[3], false, 0.1, 1e-5));
    c.row("batchNorm.eval.plain", x -> batchNorm(x[0], x[1], x[2]));
    c.row("batchNorm.eval.nothing", x -> batchNorm(x[0], null, null, null, null, false, 0.1, 1e-5));
    c.row("instanceNorm", x -> instanceNorm(x[0]));
    c.row("instanceNorm.affine", x -> instanceNorm(x[0], null, null, x[1], x[2], true, 0.1, 1e-5));
    c.rows("instanceNorm.running", x -> {
      Tensor mean = Torch.full(x[0].dtype(), 0.5, 3);
      Tensor variance = Torch.full(x[0].dtype(), 2, 3);
      return new Tensor[] {instanceNorm(x[0], mean, variance, null, null, true, 0.3, 1e-5), mean, variance};
    });
    c.row("groupNorm.2", x -> groupNorm(x[0], 2));
    c.row("groupNorm.2.affine", x -> groupNorm(x[0], 2, x[1], x[2], 1e-5));
    c.row("groupNorm.1.affine", x -> groupNorm(x[0], 1, x[1], x[2], 1e-5));
    c.row("layerNorm.2x3.affine", x -> layerNorm(x[0], of(2, 3), x[1], x[2], 1e-5));
    c.row("rmsNorm.3", x -> rmsNorm(x[0], 3));
    c.row("rmsNorm.3.affine", x -> rmsNorm(x[0], of(3), x[1], 1e-3));
  }

  private static void resizing(Catalogue c) {
    for (String mode : new String[] {"nearest", "nearest-exact", "linear", "bilinear", "bicubic"}) {
      String key = "interpolate." + mode;
      for (String by : new String[] {"2", "1.7", "0.6", "1.1"}) {
        if (mode.equals("bicubic") && by.equals("1.1")) continue;
        c.row(key + ".by" + by, x -> interpolate(x[0], Double.parseDouble(by), mode));
      }
      c.row(key + ".by1.7.recompute", x -> interpolate(x[0], null, new double[] {1.7}, mode, false, true));
      for (long to : of(2, 7)) c.row(key + ".to" + to, x -> interpolate(x[0], of(to), mode));
      if (mode.startsWith("nearest")) continue;
      for (long to : of(1, 7)) {
        c.row(key + ".to" + to + ".align", x -> interpolate(x[0], of(to), null, mode, true, false));
      }
      c.row(key + ".by1.7.align", x -> interpolate(x[0], null, new double[] {1.7}, mode, true, false));
    }
    c.row("interpolate.bilinear.to3x8", x -> interpolate(x[0], of(3, 8), "bilinear"));
    c.row("interpolate.bilinear.by0.5x3",
        x -> interpolate(x[0], null, new double[] {0.5, 3}, "bilinear", false, false));
    c.row("pixelShuffle.2", x -> pixelShuffle(x[0], 2));
    c.row("pixelUnshuffle.2", x -> pixelUnshuffle(x[0], 2));
  }

  private static void distances(Catalogue c) {
    LossReduction none = LossReduction.NONE;
    LossReduction sum = LossReduction.SUM;
    c.row("cosineEmbeddingLoss", x -> cosineEmbeddingLoss(x[0], x[1], x[2]));
    c.row("cosineEmbeddingLoss.margin.none", x -> cosineEmbeddingLoss(x[0], x[1], x[2], 0.2, none));
    c.row("tripletMarginLoss", x -> tripletMarginLoss(x[0], x[1], x[2]));
    c.row("tripletMarginLoss.swap.sum", x -> tripletMarginLoss(x[0], x[1], x[2], 2.5, 3, 1e-6, true, sum));
    c.row("hingeEmbeddingLoss", x -> hingeEmbeddingLoss(x[0], x[1]));
    c.row("hingeEmbeddingLoss.margin.none", x -> hingeEmbeddingLoss(x[0], x[1], 0.5, none));
    c.row("poissonNllLoss", x -> poissonNllLoss(x[0], x[1]));
    c.row("poissonNllLoss.full.none", x -> poissonNllLoss(x[0], x[1], true, true, 1e-8, none));
    c.row("poissonNllLoss.rates", x -> poissonNllLoss(x[0], x[1], false, true, 1e-8, sum));
    c.row("gaussianNllLoss", x -> gaussianNllLoss(x[0], x[1], x[2]));
    c.row("gaussianNllLoss.full.none", x -> gaussianNllLoss(x[0], x[1], x[2], true, 1e-6, none));
    c.row("multilabelSoftMarginLoss", x -> multilabelSoftMarginLoss(x[0], x[1]));
    c.row("multilabelSoftMarginLoss.weight.none", x -> multilabelSoftMarginLoss(x[0], x[1], x[2], none));
    c.row("pairwiseDistance", x -> pairwiseDistance(x[0], x[1]).mul(2));
    c.row("pairwiseDistance.p1.keep", x -> pairwiseDistance(x[0], x[1], 1, 1e-6, true).mul(2));
    c.row("bilinear", x -> bilinear(x[0], x[1], x[2], x[3]));
    c.row("bilinear.plain", x -> bilinear(x[0], x[1], x[2], null));
  }
}
