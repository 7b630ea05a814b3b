package dev.flambeau.catalogue;

import static dev.flambeau.Index.ALL;
import static dev.flambeau.Index.ELLIPSIS;
import static dev.flambeau.Index.NEW_AXIS;
import static dev.flambeau.Index.at;
import static dev.flambeau.Index.from;
import static dev.flambeau.Index.of;
import static dev.flambeau.Index.slice;

import dev.flambeau.Torch;
import java.util.List;

/** Reading and writing at places that indices name. */
final class IndexingRows {
  private IndexingRows() {}

  static void add(Catalogue c) {
    brackets(c);
    assignments(c);
    reading(c);
    writing(c);
    writingInPlace(c);
  }

  private static void brackets(Catalogue c) {
    c.row("get.-1", x -> x[0].get(-1));
    c.row("get.0", x -> x[0].get(0));
    c.row("get.1,2", x -> x[0].get(1, 2));
    c.row("get....,1", x -> x[0].get(ELLIPSIS, at(1)));
    c.row("get....,tensor", x -> x[0].get(ELLIPSIS, of(x[1])));
    c.row("get.0,...,::2", x -> x[0].get(at(0), ELLIPSIS, slice(null, null, 2)));
    c.row("get.1:,::2", x -> x[0].get(from(1), slice(null, null, 2)));
    c.row("get.1:,tensor", x -> x[0].get(from(1), of(x[1])));
    c.row("get.1:3,0", x -> x[0].get(slice(1, 3), at(0)));
    c.row("get.:,1", x -> x[0].get(ALL, at(1)));
    c.row("get.:,mask", x -> x[0].get(ALL, of(x[1])));
    c.row("get.:,none,1", x -> x[0].get(ALL, NEW_AXIS, at(1)));
    c.row("get.:,tensor", x -> x[0].get(ALL, of(x[1])));
    c.row("get.:,tensor,tensor", x -> x[0].get(ALL, of(x[1]), of(x[2])));
    c.row("get.mask", x -> x[0].get(x[1]));
    c.row("get.mask,tensor", x -> x[0].get(x[1], x[2]));
    c.row("get.none", x -> x[0].get(NEW_AXIS));
    c.row("get.none,...,none", x -> x[0].get(NEW_AXIS, ELLIPSIS, NEW_AXIS));
    c.row("get.tensor", x -> x[0].get(x[1]));
    c.row("get.tensor,1", x -> x[0].get(of(x[1]), at(1)));
    c.row("get.tensor,:,tensor", x -> x[0].get(of(x[1]), ALL, of(x[2])));
    c.row("get.tensor,none", x -> x[0].get(of(x[1]), NEW_AXIS));
    c.row("get.tensor,tensor", x -> x[0].get(x[1], x[2]));
  }

  private static void assignments(Catalogue c) {
    c.row("set.0", x -> x[0].clone().set_(x[1], 0));
    c.row("set.0.number", x -> x[0].clone().set_(2.5, 0));
    c.row("set....,0", x -> x[0].clone().set_(x[1], ELLIPSIS, at(0)));
    c.row("set.1:3", x -> x[0].clone().set_(x[1], slice(1, 3)));
    c.row("set.1:3.number", x -> x[0].clone().set_(2.5, slice(1, 3)));
    c.row("set.:,1", x -> x[0].clone().set_(x[1], ALL, at(1)));
    c.row("set.:,tensor", x -> x[0].clone().set_(x[2], ALL, of(x[1])));
    c.row("set.::2,1:", x -> x[0].clone().set_(x[1], slice(null, null, 2), from(1)));
    c.row("set.all.number", x -> x[0].clone().set_(2.5, ELLIPSIS));
    c.row("set.mask", x -> x[0].clone().set_(x[2], of(x[1])));
    c.row("set.mask.number", x -> x[0].clone().set_(2.5, of(x[1])));
    c.row("set.tensor", x -> x[0].clone().set_(x[2], of(x[1])));
    c.row("set.tensor,tensor", x -> x[0].clone().set_(x[3], of(x[1]), of(x[2])));
    c.row("set.tensor.number", x -> x[0].clone().set_(2.5, of(x[1])));
  }

  private static void reading(Catalogue c) {
    c.row("indexSelect.dim0", x -> x[0].indexSelect(0, x[1]));
    c.row("indexSelect.dim1", x -> x[0].indexSelect(1, x[1]));
    c.row("gather.dim0", x -> x[0].gather(0, x[1]));
    c.row("gather.dim1", x -> x[0].gather(1, x[1]));
    c.row("take", x -> x[0].take(x[1]));
    c.row("takeAlongDim", x -> x[0].takeAlongDim(x[1]));
    c.row("takeAlongDim.dim0", x -> x[0].takeAlongDim(x[1], 0));
    c.row("takeAlongDim.dim1", x -> x[0].takeAlongDim(x[1], 1));
    c.row("maskedSelect", x -> x[0].maskedSelect(x[1]));
    c.row("nonzero", x -> x[0].nonzero());
    c.rows("nonzero.tuple", x -> x[0].atLeast1d().nonzero().unbind(1));
    c.row("argwhere", x -> x[0].argwhere());
    c.rows("where.condition", x -> Torch.where(x[0]));
  }

  private static void writing(Catalogue c) {
    c.row("scatter.dim0", x -> x[0].scatter(0, x[1], x[2]));
    c.row("scatter.dim0.number", x -> x[0].scatter(0, x[1], 1.5));
    c.row("scatter.dim1", x -> x[0].scatter(1, x[1], x[2]));
    c.row("scatter.dim1.number", x -> x[0].scatter(1, x[1], 1.5));
    c.row("scatterAdd.dim0", x -> x[0].scatterAdd(0, x[1], x[2]));
    c.row("scatterAdd.dim1", x -> x[0].scatterAdd(1, x[1], x[2]));
    c.row("scatterReduce.dim0.sum", x -> x[0].scatterReduce(0, x[1], x[2], "sum"));
    c.row("indexAdd.dim0", x -> x[0].indexAdd(0, x[1], x[2]));
    c.row("indexAdd.dim0.alpha2", x -> x[0].indexAdd(0, x[1], x[2], 2));
    c.row("indexAdd.dim1", x -> x[0].indexAdd(1, x[1], x[2]));
    c.row("indexAdd.dim1.alpha2", x -> x[0].indexAdd(1, x[1], x[2], 2));
    c.row("indexCopy.dim0", x -> x[0].indexCopy(0, x[1], x[2]));
    c.row("indexCopy.dim1", x -> x[0].indexCopy(1, x[1], x[2]));
    c.row("indexFill.dim0", x -> x[0].indexFill(0, x[1], x[2]));
    c.row("indexFill.dim0.number", x -> x[0].indexFill(0, x[1], 2.5));
    c.row("indexFill.dim1", x -> x[0].indexFill(1, x[1], x[2]));
    c.row("indexFill.dim1.number", x -> x[0].indexFill(1, x[1], 2.5));
    c.row("indexPut", x -> x[0].indexPut(List.of(x[1]), x[2]));
    c.row("indexPut.2.accumulate", x -> x[0].indexPut(List.of(x[1], x[2]), x[3], true));
    c.row("indexPut.accumulate", x -> x[0].indexPut(List.of(x[1]), x[2], true));
    c.row("maskedFill", x -> x[0].maskedFill(x[1], x[2]));
    c.row("maskedFill.-inf", x -> x[0].maskedFill(x[1], Double.NEGATIVE_INFINITY));
    c.row("maskedFill.number", x -> x[0].maskedFill(x[1], 1.5));
    c.row("maskedScatter", x -> x[0].maskedScatter(x[1], x[2]));
    c.row("put", x -> x[0].put(x[1], x[2]));
    c.row("put.accumulate", x -> x[0].put(x[1], x[2], true));
  }

  private static void writingInPlace(Catalogue c) {
    c.row("scatter_.dim0.number", x -> x[0].clone().scatter_(0, x[1], 1.5));
    c.row("scatter_.dim1", x -> x[0].clone().scatter_(1, x[1], x[2]));
    c.row("scatterAdd_.dim0", x -> x[0].clone().scatterAdd_(0, x[1], x[2]));
    c.row("indexAdd_.dim0", x -> x[0].clone().indexAdd_(0, x[1], x[2]));
    c.row("indexCopy_.dim0", x -> x[0].clone().indexCopy_(0, x[1], x[2]));
    c.row("indexFill_.dim1.number", x -> x[0].clone().indexFill_(1, x[1], 2.5));
    c.row("indexPut_", x -> x[0].clone().indexPut_(List.of(x[1]), x[2]));
    c.row("indexPut_.accumulate", x -> x[0].clone().indexPut_(List.of(x[1]), x[2], true));
    c.row("maskedFill_", x -> x[0].clone().maskedFill_(x[1], x[2]));
    c.row("maskedFill_.number", x -> x[0].clone().maskedFill_(x[1], 1.5));
    c.row("maskedScatter_", x -> x[0].clone().maskedScatter_(x[1], x[2]));
    c.row("put_", x -> x[0].clone().put_(x[1], x[2]));
  }
}
