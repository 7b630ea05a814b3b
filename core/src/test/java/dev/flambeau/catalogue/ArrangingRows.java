package dev.flambeau.catalogue;

import dev.flambeau.Distinct;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.ValuesAndIndices;
import java.util.List;

/** Elements joined, moved, repeated, padded, sorted and counted. */
final class ArrangingRows {
  private ArrangingRows() {}

  static void add(Catalogue c) {
    joined(c);
    moved(c);
    padded(c);
    ordered(c);
    counted(c);
  }

  private static Tensor[] both(ValuesAndIndices y) { return new Tensor[] {y.values(), y.indices()}; }

  private static void joined(Catalogue c) {
    c.row("cat", x -> Torch.cat(List.of(x), 0));
    c.row("cat.dim-1", x -> Torch.cat(List.of(x), -1));
    c.row("cat.dim1", x -> Torch.cat(List.of(x), 1));
    c.row("cat.twice", x -> Torch.cat(x[0], x[1], x[0]));
    c.row("stack", x -> Torch.stack(List.of(x), 0));
    c.row("stack.dim-1", x -> Torch.stack(List.of(x), -1));
    c.row("stack.dim1", x -> Torch.stack(List.of(x), 1));
    c.row("hstack", Torch::hstack);
    c.row("vstack", Torch::vstack);
    c.row("dstack", Torch::dstack);
    c.rows("meshgrid.ij", Torch::meshgrid);
    c.rows("meshgrid.xy", x -> Torch.meshgrid("xy", x));
    c.row("cartesianProd", Torch::cartesianProd);
    c.row("atLeast2d", x -> x[0].atLeast2d());
  }

  private static void moved(Catalogue c) {
    c.row("flip.0", x -> x[0].flip(0));
    c.row("flip.0,-1", x -> x[0].flip(0, -1));
    c.row("fliplr", x -> x[0].fliplr());
    c.row("flipud", x -> x[0].flipud());
    c.row("roll.-2.dim0", x -> x[0].roll(-2, 0));
    c.row("roll.1", x -> x[0].roll(1));
    c.row("roll.1,2.dims0,1", x -> x[0].roll(new long[] {1, 2}, new int[] {0, 1}));
    c.row("roll.7.dim1", x -> x[0].roll(7, 1));
    c.row("rot90", x -> x[0].rot90());
    c.row("rot90.-1.dims1,2", x -> x[0].rot90(-1, 1, 2));
    c.row("rot90.2", x -> x[0].rot90(2));
    c.row("repeat.0,2", x -> x[0].repeat(0, 2));
    c.row("repeat.2", x -> x[0].repeat(2));
    c.row("repeat.2,1,3", x -> x[0].repeat(2, 1, 3));
    c.row("repeat.2,3", x -> x[0].repeat(2, 3));
    c.row("tile.2", x -> x[0].tile(2));
    c.row("tile.2,3", x -> x[0].tile(2, 3));
    c.row("repeatInterleave", x -> x[0].repeatInterleave(x[1], 0));
    c.row("repeatInterleave.2", x -> x[0].repeatInterleave(2));
    c.row("repeatInterleave.3.dim1", x -> x[0].repeatInterleave(3, 1));
  }

  private static void padded(Catalogue c) {
    c.row("diff", x -> x[0].diff());
    c.row("diff.2.dim0", x -> x[0].diff(2, 0));
    c.row("tril", x -> x[0].tril());
    c.row("tril.-1", x -> x[0].tril(-1));
    c.row("tril.1", x -> x[0].tril(1));
    c.row("triu", x -> x[0].triu());
    c.row("triu.-1", x -> x[0].triu(-1));
    c.row("triu.1", x -> x[0].triu(1));
    c.row("tril_", x -> x[0].clone().tril_());
    c.row("triu_.1", x -> x[0].clone().triu_(1));
    c.row("diag", x -> x[0].diag());
    c.row("diag.-1", x -> x[0].diag(-1));
    c.row("diag.1", x -> x[0].diag(1));
    c.row("diagEmbed", x -> x[0].diagEmbed());
    c.row("diagEmbed.-1,0,2", x -> x[0].diagEmbed(-1, 0, 2));
    c.row("diagEmbed.1", x -> x[0].diagEmbed(1));
    c.row("pad.-1,-1", x -> x[0].pad(-1, -1));
    c.row("pad.-1,1", x -> x[0].pad(-1, 1));
    c.row("pad.0,0,1,-1", x -> x[0].pad(0, 0, 1, -1));
    c.row("pad.1,0,2,1.value1.5", x -> x[0].pad(new long[] {1, 0, 2, 1}, 1.5));
    c.row("pad.1,2", x -> x[0].pad(1, 2));
    for (String mode : List.of("circular", "reflect", "replicate")) {
      c.row("pad.1,2." + mode, x -> x[0].pad(new long[] {1, 2}, mode));
      c.row("pad.1,2,1,0." + mode, x -> x[0].pad(new long[] {1, 2, 1, 0}, mode));
    }
  }

  private static void ordered(Catalogue c) {
    c.rows("sort", x -> both(x[0].sort()));
    c.rows("sort.descending", x -> both(x[0].sort(-1, true)));
    c.rows("sort.dim0", x -> both(x[0].sort(0)));
    c.rows("sort.stable", x -> both(x[0].sort(-1, false, true)));
    c.rows("sort.stable.dim0.descending", x -> both(x[0].sort(0, true, true)));
    c.row("argsort.dim0.descending", x -> x[0].argsort(0, true));
    c.row("argsort.stable", x -> x[0].argsort());
    c.row("msort", x -> x[0].msort());
    c.rows("topk.0", x -> both(x[0].topk(0)));
    c.rows("topk.2", x -> both(x[0].topk(2)));
    c.rows("topk.2.dim0.smallest", x -> both(x[0].topk(2, 0, false)));
    c.rows("kthvalue.1.dim0.keep", x -> both(x[0].kthvalue(1, 0, true)));
    c.rows("kthvalue.2", x -> both(x[0].kthvalue(2)));
    c.row("median", x -> x[0].median());
    c.rows("median.dim0", x -> both(x[0].median(0)));
  }

  private static void counted(Catalogue c) {
    c.row("unique", x -> x[0].unique());
    c.row("unique.dim0", x -> x[0].unique(0));
    c.rows("unique.inverse.counts", x -> {
      Distinct y = x[0].uniqueAll();
      return new Tensor[] {y.values(), y.inverse(), y.counts()};
    });
    c.row("uniqueConsecutive", x -> x[0].uniqueConsecutive());
    c.row("bincount", x -> x[0].bincount());
    c.row("bincount.minlength6", x -> x[0].bincount(6));
    c.row("bincount.weights", x -> x[0].bincount(x[1]));
    c.row("oneHot", x -> x[0].oneHot());
    c.row("oneHot.5", x -> x[0].oneHot(5));
    c.row("searchsorted", x -> x[0].searchsorted(x[1]));
    c.row("searchsorted.right", x -> x[0].searchsorted(x[1], true));
    c.row("bucketize", x -> x[1].bucketize(x[0], false));
    c.row("bucketize.right", x -> x[1].bucketize(x[0], true));
  }
}
