package dev.flambeau.catalogue;

import static dev.flambeau.nn.Functional.binaryCrossEntropy;
import static dev.flambeau.nn.Functional.binaryCrossEntropyWithLogits;
import static dev.flambeau.nn.Functional.cosineSimilarity;
import static dev.flambeau.nn.Functional.crossEntropy;
import static dev.flambeau.nn.Functional.embedding;
import static dev.flambeau.nn.Functional.glu;
import static dev.flambeau.nn.Functional.huberLoss;
import static dev.flambeau.nn.Functional.klDiv;
import static dev.flambeau.nn.Functional.l1Loss;
import static dev.flambeau.nn.Functional.layerNorm;
import static dev.flambeau.nn.Functional.marginRankingLoss;
import static dev.flambeau.nn.Functional.mseLoss;
import static dev.flambeau.nn.Functional.nllLoss;
import static dev.flambeau.nn.Functional.normalize;
import static dev.flambeau.nn.Functional.scaledDotProductAttention;
import static dev.flambeau.nn.Functional.smoothL1Loss;
import static dev.flambeau.nn.Functional.softMarginLoss;
import static dev.flambeau.nn.Functional.softmin;

import dev.flambeau.nn.LossReduction;

/** Losses, and other functions of {@code dev.flambeau.nn}. */
final class LossRows {
  private LossRows() {}

  static void add(Catalogue c) {
    c.row("mseLoss", x -> mseLoss(x[0], x[1], LossReduction.MEAN));
    c.row("l1Loss", x -> l1Loss(x[0], x[1], LossReduction.MEAN));
    c.row("smoothL1Loss", x -> smoothL1Loss(x[0], x[1], 1, LossReduction.MEAN));
    c.row("smoothL1Loss.beta0.5", x -> smoothL1Loss(x[0], x[1], 0.5, LossReduction.MEAN));
    c.row("huberLoss", x -> huberLoss(x[0], x[1], 1, LossReduction.MEAN));
    c.row("huberLoss.delta0.5", x -> huberLoss(x[0], x[1], 0.5, LossReduction.MEAN));
    c.row("binaryCrossEntropy", x -> binaryCrossEntropy(x[0], x[1], null, LossReduction.MEAN));
    c.row("binaryCrossEntropyWithLogits",
        x -> binaryCrossEntropyWithLogits(x[0], x[1], null, LossReduction.MEAN, null));
    c.row("crossEntropy", x -> crossEntropy(x[0], x[1], LossReduction.MEAN));
    c.row("crossEntropy.probabilities", x -> crossEntropy(x[0], x[1], LossReduction.MEAN));
    c.row("crossEntropy.weight", x -> crossEntropy(x[0], x[1], x[2], -100, LossReduction.MEAN, 0));
    c.row("crossEntropy.ignore1", x -> crossEntropy(x[0], x[1], null, 1, LossReduction.MEAN, 0));
    c.row("crossEntropy.smoothing0.1", x -> crossEntropy(x[0], x[1], null, -100, LossReduction.MEAN, 0.1));
    c.row("nllLoss", x -> nllLoss(x[0], x[1], null, -100, LossReduction.MEAN));
    c.row("nllLoss.ignore-100", x -> nllLoss(x[0], x[1], null, -100, LossReduction.MEAN));
    c.row("nllLoss.weight", x -> nllLoss(x[0], x[1], x[2], -100, LossReduction.MEAN));
    c.row("klDiv", x -> klDiv(x[0], x[1], LossReduction.MEAN, false));
    c.row("softMarginLoss", x -> softMarginLoss(x[0], x[1], LossReduction.MEAN));
    c.row("marginRankingLoss", x -> marginRankingLoss(x[0], x[1], x[2], 0.5, LossReduction.MEAN));
    c.row("mseLoss.sum", x -> mseLoss(x[0], x[1], LossReduction.SUM));
    c.row("l1Loss.sum", x -> l1Loss(x[0], x[1], LossReduction.SUM));
    c.row("smoothL1Loss.sum", x -> smoothL1Loss(x[0], x[1], 1, LossReduction.SUM));
    c.row("smoothL1Loss.beta0.5.sum", x -> smoothL1Loss(x[0], x[1], 0.5, LossReduction.SUM));
    c.row("huberLoss.sum", x -> huberLoss(x[0], x[1], 1, LossReduction.SUM));
    c.row("huberLoss.delta0.5.sum", x -> huberLoss(x[0], x[1], 0.5, LossReduction.SUM));
    c.row("binaryCrossEntropy.sum", x -> binaryCrossEntropy(x[0], x[1], null, LossReduction.SUM));
    c.row("binaryCrossEntropyWithLogits.sum",
        x -> binaryCrossEntropyWithLogits(x[0], x[1], null, LossReduction.SUM, null));
    c.row("crossEntropy.sum", x -> crossEntropy(x[0], x[1], LossReduction.SUM));
    c.row("crossEntropy.probabilities.sum", x -> crossEntropy(x[0], x[1], LossReduction.SUM));
    c.row("crossEntropy.weight.sum", x -> crossEntropy(x[0], x[1], x[2], -100, LossReduction.SUM, 0));
    c.row("crossEntropy.ignore1.sum", x -> crossEntropy(x[0], x[1], null, 1, LossReduction.SUM, 0));
    c.row("crossEntropy.smoothing0.1.sum", x -> crossEntropy(x[0], x[1], null, -100, LossReduction.SUM, 0.1));
    c.row("nllLoss.sum", x -> nllLoss(x[0], x[1], null, -100, LossReduction.SUM));
    c.row("nllLoss.ignore-100.sum", x -> nllLoss(x[0], x[1], null, -100, LossReduction.SUM));
    c.row("nllLoss.weight.sum", x -> nllLoss(x[0], x[1], x[2], -100, LossReduction.SUM));
    c.row("klDiv.sum", x -> klDiv(x[0], x[1], LossReduction.SUM, false));
    c.row("softMarginLoss.sum", x -> softMarginLoss(x[0], x[1], LossReduction.SUM));
    c.row("marginRankingLoss.sum", x -> marginRankingLoss(x[0], x[1], x[2], 0.5, LossReduction.SUM));
    c.row("mseLoss.none", x -> mseLoss(x[0], x[1], LossReduction.NONE));
    c.row("l1Loss.none", x -> l1Loss(x[0], x[1], LossReduction.NONE));
    c.row("smoothL1Loss.none", x -> smoothL1Loss(x[0], x[1], 1, LossReduction.NONE));
    c.row("smoothL1Loss.beta0.5.none", x -> smoothL1Loss(x[0], x[1], 0.5, LossReduction.NONE));
    c.row("huberLoss.none", x -> huberLoss(x[0], x[1], 1, LossReduction.NONE));
    c.row("huberLoss.delta0.5.none", x -> huberLoss(x[0], x[1], 0.5, LossReduction.NONE));
    c.row("binaryCrossEntropy.none", x -> binaryCrossEntropy(x[0], x[1], null, LossReduction.NONE));
    c.row("binaryCrossEntropyWithLogits.none",
        x -> binaryCrossEntropyWithLogits(x[0], x[1], null, LossReduction.NONE, null));
    c.row("crossEntropy.none", x -> crossEntropy(x[0], x[1], LossReduction.NONE));
    c.row("crossEntropy.probabilities.none", x -> crossEntropy(x[0], x[1], LossReduction.NONE));
    c.row("crossEntropy.weight.none", x -> crossEntropy(x[0], x[1], x[2], -100, LossReduction.NONE, 0));
    c.row("crossEntropy.ignore1.none", x -> crossEntropy(x[0], x[1], null, 1, LossReduction.NONE, 0));
    c.row("crossEntropy.smoothing0.1.none", x -> crossEntropy(x[0], x[1], null, -100, LossReduction.NONE, 0.1));
    c.row("nllLoss.none", x -> nllLoss(x[0], x[1], null, -100, LossReduction.NONE));
    c.row("nllLoss.ignore-100.none", x -> nllLoss(x[0], x[1], null, -100, LossReduction.NONE));
    c.row("nllLoss.weight.none", x -> nllLoss(x[0], x[1], x[2], -100, LossReduction.NONE));
    c.row("klDiv.none", x -> klDiv(x[0], x[1], LossReduction.NONE, false));
    c.row("softMarginLoss.none", x -> softMarginLoss(x[0], x[1], LossReduction.NONE));
    c.row("marginRankingLoss.none", x -> marginRankingLoss(x[0], x[1], x[2], 0.5, LossReduction.NONE));
    c.row("smoothL1Loss.beta0", x -> smoothL1Loss(x[0], x[1], 0, LossReduction.MEAN));
    c.row("binaryCrossEntropy.weight", x -> binaryCrossEntropy(x[0], x[1], x[2], LossReduction.MEAN));
    c.row("binaryCrossEntropyWithLogits.weight",
        x -> binaryCrossEntropyWithLogits(x[0], x[1], x[2], LossReduction.MEAN, null));
    c.row("binaryCrossEntropyWithLogits.posWeight",
        x -> binaryCrossEntropyWithLogits(x[0], x[1], null, LossReduction.MEAN, x[2]));
    c.row("crossEntropy.weight.smoothing0.1", x -> crossEntropy(x[0], x[1], x[2], -100, LossReduction.MEAN, 0.1));
    c.row("normalize", x -> normalize(x[0]));
    c.row("cosineSimilarity", x -> cosineSimilarity(x[0], x[1]));
    c.row("softmin.dim1", x -> softmin(x[0], 1));
    c.row("embedding", x -> embedding(x[1], x[0]));
    c.row("embedding.padding1", x -> embedding(x[1], x[0], 1));
    c.row("layerNorm.3", x -> layerNorm(x[0], 3));
    c.row("layerNorm.affine", x -> layerNorm(x[0], x[1].shape(), x[1], x[2], 1e-5));
    c.row("scaledDotProductAttention", x -> scaledDotProductAttention(x[0], x[1], x[2]));
    c.row("glu", x -> glu(x[0], -1));
  }
}
