"""Golden cases of pooling, normalisation and resizing.

    python tools/golden/spatial.py

writes core/src/test/resources/golden/ops/spatial.txt. The text format is described in README.md.
"""

import torch

from common import INF, NAN, Family, f4, f8, i8, of

torch.set_num_threads(1)
spatial = Family("spatial")


def several(key, expression, *samples):
    spatial.several(key, expression, *samples)


# ------------------------------------------------------------------------------------------------------------ pooling

several("maxPool2d.k2", "F.max_pool2d(a, 2)", f8(2, 3, 4, 6), f8(3, 5, 5), f4(2, 2, 6, 4), f8(2, 2, 4, 4, layout="t"),
        f8(0, 2, 4, 4), f8(2, 2, 1, 4), f8(4, 4), f8(0, 4, 4))
several("maxPool2d.k3s2p1", "F.max_pool2d(a, 3, 2, 1)", f8(2, 2, 7, 8), f8(1, 1, 1, 1), f4(1, 2, 5, 5),
        f8(2, 5, 6, layout="s"))
several("maxPool2d.k3x2s1x3p1x0d2x1.ceil", "F.max_pool2d(a, (3, 2), (1, 3), (1, 0), (2, 1), True)", f8(2, 2, 7, 9),
        f4(1, 3, 6, 4))
several("maxPool2d.k2s2p1.ceil", "F.max_pool2d(a, 2, 2, 1, ceil_mode=True)", f8(2, 1, 5, 6), f8(1, 1, 4, 4))
several("maxPool2d.k2p2", "F.max_pool2d(a, 2, padding=2)", f8(1, 1, 4, 4))
several("maxPool2d.k40s1", "F.max_pool2d(a, (2, 3), 1)", f4(1, 1, 3, 40), f4(1, 1, 4, 17))
several("maxPool2d.k3s2.wide", "F.max_pool2d(a, 3, 2, 1)", f4(1, 1, 4, 45))
several("maxPool2dWithIndices.k2s1", "F.max_pool2d(a, 2, 1, return_indices=True)", f8(2, 2, 4, 5), f4(2, 3, 4),
        of("f4", [[[1, 1, 2, 2, NAN, 3], [1, 1, 2, 0, 1, 3], [0, -0.0, NAN, 5, INF, 3]]]),
        of("f8", [[[1, 1, 2, 2, NAN, 3], [1, 1, 2, 0, 1, 3], [-INF, -INF, -INF, 5, INF, 3]]]))
several("maxPool2dWithIndices.k3s2p1", "F.max_pool2d(a, 3, 2, 1, return_indices=True)", f8(2, 2, 4, 5),
        of("f8", [[[-INF, -INF, -INF], [-INF, -INF, -INF], [-INF, -INF, -INF]]], grad=False))
several("maxPool1d.k2", "F.max_pool1d(a, 2)", f8(2, 3, 7), f8(3, 6), f4(2, 2, 4), f8(6), f8(2, 2, 1))
several("maxPool1d.k3s2p1d2.ceil", "F.max_pool1d(a, 3, 2, 1, 2, True)", f8(2, 2, 9))
several("maxPool1dWithIndices.k3s2p1", "F.max_pool1d(a, 3, 2, 1, return_indices=True)", f8(2, 2, 9))
several("maxUnpool2d.4x6", "F.max_unpool2d(a, b, 2, output_size=(4, 6))",
        (f8(1, 2, 2, 3), of("i8", [[[[0, 3, 5], [12, 15, 23]], [[1, 2, 4], [19, 21, 17]]]])),
        (f8(1, 2, 2, 3), of("i8", [[[[0, 3, 5], [12, 15, 24]], [[1, 2, 4], [19, 21, 17]]]])),
        (f8(1, 2, 2, 3), i8(1, 2, 2, 2, lo=0, hi=4)))
several("avgPool2d.k2", "F.avg_pool2d(a, 2)", f8(2, 3, 4, 6), f8(3, 5, 5), f4(2, 2, 6, 4), f8(2, 2, 4, 4, layout="t"),
        f8(0, 2, 4, 4), f8(2, 2, 1, 4), f8(4, 4))
several("avgPool2d.k3s2p1", "F.avg_pool2d(a, 3, 2, 1)", f8(2, 2, 7, 8), f8(1, 1, 1, 1), f4(1, 2, 5, 5))
several("avgPool2d.k3s2p1.ceil", "F.avg_pool2d(a, 3, 2, 1, True)", f8(2, 1, 6, 8), f4(1, 1, 6, 8))
several("avgPool2d.k3x2s2x1p1x0.ceil.noPad", "F.avg_pool2d(a, (3, 2), (2, 1), (1, 0), True, False)", f8(2, 2, 6, 5))
several("avgPool2d.k2.divisor3", "F.avg_pool2d(a, 2, divisor_override=3)", f8(2, 2, 4, 5))
several("avgPool2d.k3s2p1.ceil.divisor-2", "F.avg_pool2d(a, 3, 2, 1, True, True, -2)", f8(1, 2, 4, 5))
several("avgPool1d.k2", "F.avg_pool1d(a, 2)", f8(2, 3, 7), f8(3, 6), f4(2, 2, 4))
several("avgPool1d.k3s2p1.ceil.noPad", "F.avg_pool1d(a, 3, 2, 1, True, False)", f8(2, 2, 8))
several("adaptiveAvgPool2d.1", "F.adaptive_avg_pool2d(a, 1)", f8(2, 3, 4, 5), f8(3, 2, 2), f4(2, 2, 3, 3))
several("adaptiveAvgPool2d.2x3", "F.adaptive_avg_pool2d(a, (2, 3))", f8(2, 3, 4, 6), f8(2, 5, 7), f4(1, 2, 7, 7),
        f8(1, 1, 1, 2), f8(2, 2))
several("adaptiveAvgPool2d.keepx2", "F.adaptive_avg_pool2d(a, (None, 2))", f8(2, 2, 3, 5))
several("adaptiveAvgPool1d.3", "F.adaptive_avg_pool1d(a, 3)", f8(2, 2, 7), f8(2, 2))
several("adaptiveAvgPool1d.1", "F.adaptive_avg_pool1d(a, 1)", f8(2, 2, 7))
several("adaptiveMaxPool2d.2x3", "F.adaptive_max_pool2d(a, (2, 3), return_indices=True)", f8(2, 3, 4, 6), f8(2, 5, 7),
        f4(1, 2, 7, 7), f8(1, 1, 1, 2))
several("adaptiveMaxPool1d.3", "F.adaptive_max_pool1d(a, 3, return_indices=True)", f8(2, 2, 7))

# ------------------------------------------------------------------------------------------------------ normalisation

several("batchNorm.training", "F.batch_norm(a, None, None, b, c, True)",
        (f8(3, 2), f8(2), f8(2)), (f8(2, 3, 4), f8(3), f8(3)), (f8(2, 3, 2, 4), f8(3), f8(3)),
        (f4(2, 3, 2, 4), f4(3), f4(3)), (f8(2, 3, 2, 4, layout="t"), f8(3, layout="s"), f8(3)),
        (f8(2, 3, 2, 4, grad=False), f8(3), f8(3)), (f8(2, 3, 4), f8(3, grad=False), f8(3)),
        (f8(1, 3), f8(3), f8(3)), (f8(2, 3, 4), f8(2), f8(3)), (f8(3), f8(3), f8(3)), (f8(2, 3), f8(3, 1), f8(3)))
several("batchNorm.plain", "F.batch_norm(a, None, None, training=True)", f8(4, 2), f8(2, 2, 3, 3), f4(2, 2, 3, 3))
several("batchNorm.running", "(lambda m, v: [F.batch_norm(a, m, v, b, c, True, 0.3, 1e-3), m, v])"
        "(torch.full((3,), 0.5, dtype=a.dtype), torch.full((3,), 2.0, dtype=a.dtype))",
        (f8(4, 3), f8(3), f8(3)), (f4(2, 3, 2, 2), f4(3), f4(3)))
several("batchNorm.eval", "F.batch_norm(a, b, c, d, d)",
        (f8(2, 3, 4), f8(3, grad=False), f8(3, lo=0.5, hi=2, grad=False), f8(3)),
        (f8(4, 3), f8(3, grad=False), f8(3, lo=0.5, hi=2, grad=False), f8(3)),
        (f4(2, 3, 2, 2), f4(3, grad=False), f4(3, lo=0.5, hi=2, grad=False), f4(3)),
        (f8(1, 3), f8(3, grad=False), f8(3, lo=0.5, hi=2, grad=False), f8(3)),
        (f8(2, 3), f8(2, grad=False), f8(3, lo=0.5, hi=2, grad=False), f8(3)))
several("batchNorm.eval.plain", "F.batch_norm(a, b, c)",
        (f8(2, 3, 4), f8(3, grad=False), f8(3, lo=0.5, hi=2, grad=False)))
several("batchNorm.eval.nothing", "F.batch_norm(a, None, None)", f8(2, 3, 4))
several("instanceNorm", "F.instance_norm(a)", f8(2, 3, 4), f8(2, 2, 2, 3), f4(2, 2, 2, 3), f8(2, 2, 1))
several("instanceNorm.affine", "F.instance_norm(a, weight=b, bias=c)", (f8(2, 3, 4), f8(3), f8(3)))
several("instanceNorm.running", "(lambda m, v: [F.instance_norm(a, m, v, momentum=0.3), m, v])"
        "(torch.full((3,), 0.5, dtype=a.dtype), torch.full((3,), 2.0, dtype=a.dtype))", f8(2, 3, 4))
several("groupNorm.2", "F.group_norm(a, 2)", f8(2, 4, 3), f8(3, 4), f4(2, 4, 2, 2), f8(2, 3, 4))
several("groupNorm.2.affine", "F.group_norm(a, 2, b, c)", (f8(2, 4, 3), f8(4), f8(4)),
        (f8(2, 4, 2, 2), f8(4), f8(4)), (f4(2, 6, 2, 2), f4(6), f4(6)), (f8(2, 4, 2, 2, layout="t"), f8(4), f8(4)),
        (f8(2, 4, 3), f8(4, grad=False), f8(4)), (f8(2, 4, 3), f8(2), f8(4)))
several("groupNorm.1.affine", "F.group_norm(a, 1, b, c)", (f8(2, 3, 4), f8(3), f8(3)))
several("layerNorm.2x3.affine", "F.layer_norm(a, (2, 3), b, c)", (f8(2, 2, 3), f8(2, 3), f8(2, 3)),
        (f4(3, 2, 3), f4(2, 3), f4(2, 3)), (f8(2, 3), f8(2, 3), f8(2, 3)), (f8(2, 2, 3), f8(3), f8(3)),
        (f8(2, 2, 2, 3, layout="t"), f8(2, 3, layout="t"), f8(2, 3)))
several("rmsNorm.3", "F.rms_norm(a, (3,))", f8(2, 3), f4(2, 2, 3), f8(3), f8(2, 2))
several("rmsNorm.3.affine", "F.rms_norm(a, (3,), b, 1e-3)", (f8(2, 3), f8(3)), (f4(2, 2, 3), f4(3)),
        (f8(2, 3), f8(2)))

# ----------------------------------------------------------------------------------------------------------- resizing

for mode in ("nearest", "nearest-exact", "linear", "bilinear", "bicubic"):
    one = [f8(2, 2, 5), f4(1, 2, 3)]
    two = [f8(1, 2, 4, 5), f8(2, 1, 3, 3, layout="t"), f4(1, 2, 5, 3)]
    samples = one if mode == "linear" else two if mode.startswith("b") else one + two
    several(f"interpolate.{mode}.by2", f"F.interpolate(a, scale_factor=2, mode='{mode}')", samples, f8(2, 3))
    several(f"interpolate.{mode}.by1.7", f"F.interpolate(a, scale_factor=1.7, mode='{mode}')", samples)
    several(f"interpolate.{mode}.by0.6", f"F.interpolate(a, scale_factor=0.6, mode='{mode}')", samples)
    if mode != "bicubic":  # of a size that stays, PyTorch's gradients are not always those of what it computed
        several(f"interpolate.{mode}.by1.1", f"F.interpolate(a, scale_factor=1.1, mode='{mode}')",
                two if mode == "nearest" else samples)
    several(f"interpolate.{mode}.by1.7.recompute",
            f"F.interpolate(a, scale_factor=1.7, mode='{mode}', recompute_scale_factor=True)", samples[0])
    several(f"interpolate.{mode}.to7", f"F.interpolate(a, size=7, mode='{mode}')", samples, f8(2, 2))
    several(f"interpolate.{mode}.to2", f"F.interpolate(a, size=2, mode='{mode}')", samples)
    if mode.endswith(("linear", "cubic")):
        several(f"interpolate.{mode}.to7.align", f"F.interpolate(a, size=7, mode='{mode}', align_corners=True)", samples)
        several(f"interpolate.{mode}.to1.align", f"F.interpolate(a, size=1, mode='{mode}', align_corners=True)", samples)
        several(f"interpolate.{mode}.by1.7.align",
                f"F.interpolate(a, scale_factor=1.7, mode='{mode}', align_corners=True)", samples)
several("interpolate.bilinear.to3x8", "F.interpolate(a, size=(3, 8), mode='bilinear')", f8(1, 2, 6, 4))
several("interpolate.bilinear.by0.5x3", "F.interpolate(a, scale_factor=(0.5, 3), mode='bilinear')", f8(1, 2, 5, 3))
several("pixelShuffle.2", "F.pixel_shuffle(a, 2)", f8(1, 8, 2, 3), f8(4, 2, 2), f4(2, 2, 4, 1, 2), f8(3, 2, 2), f8(2, 2))
several("pixelUnshuffle.2", "F.pixel_unshuffle(a, 2)", f8(1, 2, 4, 6), f4(2, 2, 2), f8(1, 3, 2))

# ------------------------------------------------------------------------------------------------------------- losses

signs = of("f8", [1, -1, 1, -1])
several("cosineEmbeddingLoss", "F.cosine_embedding_loss(a, b, c)", (f8(4, 3), f8(4, 3), signs),
        (f4(4, 3), f4(4, 3), of("f4", [1, -1, 1, -1])))
several("cosineEmbeddingLoss.margin.none", "F.cosine_embedding_loss(a, b, c, 0.2, reduction='none')",
        (f8(4, 3), f8(4, 3), signs), (f8(4, 3), f8(4, 3), of("f8", [[1, -1]])))
several("tripletMarginLoss", "F.triplet_margin_loss(a, b, c)", (f8(4, 3), f8(4, 3), f8(4, 3)),
        (f4(4, 3), f4(4, 3), f4(4, 3)), (f8(3), f8(3), f8(3)))
several("tripletMarginLoss.swap.sum", "F.triplet_margin_loss(a, b, c, 2.5, 3, swap=True, reduction='sum')",
        (f8(4, 3), f8(4, 3), f8(4, 3)))
several("hingeEmbeddingLoss", "F.hinge_embedding_loss(a, b)", (f8(4), signs), (f4(2, 2), of("f4", [[1, -1], [-1, 1]])))
several("hingeEmbeddingLoss.margin.none", "F.hinge_embedding_loss(a, b, 0.5, reduction='none')", (f8(4), signs))
several("poissonNllLoss", "F.poisson_nll_loss(a, b)", (f8(4), f8(4, lo=0, hi=5)), (f4(2, 2), f4(2, 2, lo=0, hi=5)))
several("poissonNllLoss.full.none", "F.poisson_nll_loss(a, b, full=True, reduction='none')",
        (f8(6), of("f8", [0, 1, 2, 3, 4, 5], grad=False)))
several("poissonNllLoss.rates", "F.poisson_nll_loss(a, b, log_input=False, full=True, reduction='sum')",
        (f8(4, lo=0.1, hi=3), f8(4, lo=0, hi=5, grad=False)))
several("gaussianNllLoss", "F.gaussian_nll_loss(a, b, c)", (f8(2, 3), f8(2, 3), f8(2, 3, lo=0.2, hi=2)),
        (f8(2, 3), f8(2, 3), f8(2, lo=0.2, hi=2)), (f8(2, 3), f8(2, 3), f8(2, 1, lo=0.2, hi=2)),
        (f4(2, 3), f4(2, 3), f4(2, 3, lo=0.2, hi=2)))
several("gaussianNllLoss.full.none", "F.gaussian_nll_loss(a, b, c, True, reduction='none')",
        (f8(2, 3), f8(2, 3), f8(2, 3, lo=0.2, hi=2)))
several("multilabelSoftMarginLoss", "F.multilabel_soft_margin_loss(a, b)", (f8(2, 3), f8(2, 3, lo=0, hi=1)),
        (f4(4), f4(4, lo=0, hi=1)))
several("multilabelSoftMarginLoss.weight.none", "F.multilabel_soft_margin_loss(a, b, c, reduction='none')",
        (f8(2, 3), f8(2, 3, lo=0, hi=1), f8(3, lo=0.5, hi=2)))
several("pairwiseDistance", "F.pairwise_distance(a, b) * 2", (f8(4, 3), f8(4, 3)), (f8(3), f8(3)), (f4(4, 3), f4(4, 3)))
several("pairwiseDistance.p1.keep", "F.pairwise_distance(a, b, 1, keepdim=True) * 2", (f8(4, 3), f8(3)))
several("bilinear", "F.bilinear(a, b, c, d)", (f8(4, 2), f8(4, 3), f8(2, 2, 3), f8(2)),
        (f8(2, 2, 2), f8(2, 2, 3), f8(4, 2, 3), f8(4)), (f4(4, 2), f4(4, 3), f4(2, 2, 3), f4(2)),
        (f8(4, 2), f8(3, 3), f8(2, 2, 3), f8(2)), (f8(4, 2), f8(4, 2), f8(2, 2, 3), f8(2)))
several("bilinear.plain", "F.bilinear(a, b, c)", (f8(4, 2), f8(4, 3), f8(2, 2, 3)), (f8(2), f8(3), f8(2, 2, 3)))

spatial.lines += Family.refused
spatial.write()
for key, samples, why in Family.left_out:
    print("left out", key, samples, why)
