package dev.flambeau.catalogue;

import static dev.flambeau.nn.Functional.conv1d;
import static dev.flambeau.nn.Functional.conv2d;
import static dev.flambeau.nn.Functional.convTranspose1d;
import static dev.flambeau.nn.Functional.convTranspose2d;
import static dev.flambeau.nn.Functional.fold;
import static dev.flambeau.nn.Functional.unfold;

/** Convolutions, in keys: stride, padding, dilation, groups; output padding. Patches: kernel, dilation, padding, stride. */
final class ConvolutionRows {
  private ConvolutionRows() {}

  static void add(Catalogue c) {
    c.row("conv1d.s1.p0.d1.g1", x -> conv1d(x[0], x[1], null, all(1), all(0), all(1), 1));
    c.row("conv1d.s1.p0.d1.g1.bias", x -> conv1d(x[0], x[1], x[2], all(1), all(0), all(1), 1));
    c.row("conv1d.s1.p1.d1.g2.bias", x -> conv1d(x[0], x[1], x[2], all(1), all(1), all(1), 2));
    c.row("conv1d.s1.p1.d1.g4.bias", x -> conv1d(x[0], x[1], x[2], all(1), all(1), all(1), 4));
    c.row("conv1d.s1.psame.d1.g1.bias", x -> conv1d(x[0], x[1], x[2], all(1), "same", all(1), 1));
    c.row("conv1d.s1.pvalid.d1.g1.bias", x -> conv1d(x[0], x[1], x[2], all(1), "valid", all(1), 1));
    c.row("conv1d.s2.p1.d1.g1.bias", x -> conv1d(x[0], x[1], x[2], all(2), all(1), all(1), 1));
    c.row("conv1d.s3.p2.d2.g1.bias", x -> conv1d(x[0], x[1], x[2], all(3), all(2), all(2), 1));
    c.row("conv2d.s1.p0.d1.g1", x -> conv2d(x[0], x[1], null, all(1, 1), all(0, 0), all(1, 1), 1));
    c.row("conv2d.s1.p0.d1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(0, 0), all(1, 1), 1));
    c.row("conv2d.s1.p0.d1.g3.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(0, 0), all(1, 1), 3));
    c.row("conv2d.s1.p0.d2.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(0, 0), all(2, 2), 1));
    c.row("conv2d.s1.p1.d1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(1, 1), all(1, 1), 1));
    c.row("conv2d.s1.p1.d1.g2.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(1, 1), all(1, 1), 2));
    c.row("conv2d.s1.p1.d1.g4.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(1, 1), all(1, 1), 4));
    c.row("conv2d.s1.p2.d2.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(2, 2), all(2, 2), 1));
    c.row("conv2d.s1.p2.d2.g3.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), all(2, 2), all(2, 2), 3));
    c.row("conv2d.s1.psame.d1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), "same", all(1, 1), 1));
    c.row("conv2d.s1.psame.d2x1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), "same", all(2, 1), 1));
    c.row("conv2d.s1.pvalid.d1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 1), "valid", all(1, 1), 1));
    c.row("conv2d.s1x3.p0x1.d2x1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(1, 3), all(0, 1), all(2, 1), 1));
    c.row("conv2d.s2.p0.d1.g1", x -> conv2d(x[0], x[1], null, all(2, 2), all(0, 0), all(1, 1), 1));
    c.row("conv2d.s2.p1.d1.g1", x -> conv2d(x[0], x[1], null, all(2, 2), all(1, 1), all(1, 1), 1));
    c.row("conv2d.s2.p1.d1.g2", x -> conv2d(x[0], x[1], null, all(2, 2), all(1, 1), all(1, 1), 2));
    c.row("conv2d.s2.p1.d1.g4", x -> conv2d(x[0], x[1], null, all(2, 2), all(1, 1), all(1, 1), 4));
    c.row("conv2d.s2.p1.d3.g1.bias", x -> conv2d(x[0], x[1], x[2], all(2, 2), all(1, 1), all(3, 3), 1));
    c.row("conv2d.s2.p3.d1.g1", x -> conv2d(x[0], x[1], null, all(2, 2), all(3, 3), all(1, 1), 1));
    c.row("conv2d.s2x1.p1x2.d1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(2, 1), all(1, 2), all(1, 1), 1));
    c.row("conv2d.s3.p1.d1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(3, 3), all(1, 1), all(1, 1), 1));
    c.row("conv2d.s4.p0.d1.g1.bias", x -> conv2d(x[0], x[1], x[2], all(4, 4), all(0, 0), all(1, 1), 1));
    c.row("convTranspose1d.s1.p0.o0.g1.d1.bias",
        x -> convTranspose1d(x[0], x[1], x[2], all(1), all(0), all(0), 1, all(1)));
    c.row("convTranspose1d.s2.p1.o0.g2.d1", x -> convTranspose1d(x[0], x[1], null, all(2), all(1), all(0), 2, all(1)));
    c.row("convTranspose1d.s2.p1.o1.g1.d1.bias",
        x -> convTranspose1d(x[0], x[1], x[2], all(2), all(1), all(1), 1, all(1)));
    c.row("convTranspose2d.s1.p0.o0.g1.d1",
        x -> convTranspose2d(x[0], x[1], null, all(1, 1), all(0, 0), all(0, 0), 1, all(1, 1)));
    c.row("convTranspose2d.s1.p0.o0.g1.d1.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(1, 1), all(0, 0), all(0, 0), 1, all(1, 1)));
    c.row("convTranspose2d.s1.p1.o0.g1.d2.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(1, 1), all(1, 1), all(0, 0), 1, all(2, 2)));
    c.row("convTranspose2d.s1.p1.o0.g4.d1.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(1, 1), all(1, 1), all(0, 0), 4, all(1, 1)));
    c.row("convTranspose2d.s2.p0.o0.g1.d1.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(2, 2), all(0, 0), all(0, 0), 1, all(1, 1)));
    c.row("convTranspose2d.s2.p1.o0.g2.d1.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(2, 2), all(1, 1), all(0, 0), 2, all(1, 1)));
    c.row("convTranspose2d.s2.p1.o1.g1.d1.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(2, 2), all(1, 1), all(1, 1), 1, all(1, 1)));
    c.row("convTranspose2d.s2x3.p1x0.o0x2.g1.d1.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(2, 3), all(1, 0), all(0, 2), 1, all(1, 1)));
    c.row("convTranspose2d.s3.p0.o0.g1.d1.bias",
        x -> convTranspose2d(x[0], x[1], x[2], all(3, 3), all(0, 0), all(0, 0), 1, all(1, 1)));
    c.row("fold.o4x4.k2.d1.p0.s2", x -> fold(x[0], all(4, 4), all(2, 2), all(1, 1), all(0, 0), all(2, 2)));
    c.row("fold.o4x5.k2.d1.p0.s1", x -> fold(x[0], all(4, 5), all(2, 2), all(1, 1), all(0, 0), all(1, 1)));
    c.row("fold.o5x5.k2x3.d1.p1.s2", x -> fold(x[0], all(5, 5), all(2, 3), all(1, 1), all(1, 1), all(2, 2)));
    c.row("unfold.k2.d1.p0.s1", x -> unfold(x[0], all(2, 2), all(1, 1), all(0, 0), all(1, 1)));
    c.row("unfold.k2.d1.p0.s2", x -> unfold(x[0], all(2, 2), all(1, 1), all(0, 0), all(2, 2)));
    c.row("unfold.k2.d2x1.p1x0.s1x2", x -> unfold(x[0], all(2, 2), all(2, 1), all(1, 0), all(1, 2)));
    c.row("unfold.k2x3.d1.p1.s2", x -> unfold(x[0], all(2, 3), all(1, 1), all(1, 1), all(2, 2)));
  }

  private static long[] all(long... values) { return values; }
}
