package dev.flambeau.catalogue;

import dev.flambeau.DType;
import dev.flambeau.Index;

/** Views, and what is joined or copied from them. */
final class ViewRows {
  private ViewRows() {}

  static void add(Catalogue c) {
    c.row("view.-1", x -> x[0].view(-1));
    c.row("view.3,-1", x -> x[0].view(3, -1));
    c.row("view.6,4", x -> x[0].view(6, 4));
    c.row("viewAs", x -> x[0].viewAs(x[0].detach().view(3, 2)));
    c.row("reshape.-1", x -> x[0].reshape(-1));
    c.row("reshape.2,0,5", x -> x[0].reshape(2, 0, 5));
    c.row("reshape.3,2", x -> x[0].reshape(3, 2));
    c.row("reshape.4,-1", x -> x[0].reshape(4, -1));
    c.row("reshape.empty", x -> x[0].reshape());
    c.row("flatten", x -> x[0].flatten());
    c.row("flatten.0,-2", x -> x[0].flatten(0, -2));
    c.row("flatten.1,2", x -> x[0].flatten(1, 2));
    c.row("ravel", x -> x[0].ravel());
    c.row("unflatten.0,2,-1", x -> x[0].unflatten(0, 2, -1));
    c.row("permute.0-12", x -> x[0].permute(0, -1, 1));
    c.row("permute.10", x -> x[0].permute(1, 0));
    c.row("permute.201", x -> x[0].permute(2, 0, 1));
    c.row("permute.none", x -> x[0].permute());
    c.row("t", x -> x[0].t());
    c.row("mT", x -> x[0].mT());
    c.row("transpose.-1,0", x -> x[0].transpose(-1, 0));
    c.row("transpose.0,1", x -> x[0].transpose(0, 1));
    c.row("swapaxes.0,-1", x -> x[0].swapaxes(0, -1));
    c.row("movedim.0,2", x -> x[0].movedim(0, 2));
    c.row("movedim.01,-10", x -> x[0].movedim(new int[] {0, 1}, new int[] {-1, 0}));
    c.row("expand.0,3", x -> x[0].expand(0, 3));
    c.row("expand.3,4", x -> x[0].expand(3, 4));
    c.row("expand.4,-1,3", x -> x[0].expand(4, -1, 3));
    c.row("expandAs", x -> x[0].expandAs(x[0].detach().expand(2, 3)));
    c.row("broadcastTo.2,3", x -> x[0].broadcastTo(2, 3));
    c.row("squeeze", x -> x[0].squeeze());
    c.row("squeeze.-1", x -> x[0].squeeze(-1));
    c.row("squeeze.0", x -> x[0].squeeze(0));
    c.row("squeeze.0,2", x -> x[0].squeeze(0, 2));
    c.row("unsqueeze.-1", x -> x[0].unsqueeze(-1));
    c.row("unsqueeze.0", x -> x[0].unsqueeze(0));
    c.row("unsqueeze.1", x -> x[0].unsqueeze(1));
    c.row("narrow.-1,0,1", x -> x[0].narrow(-1, 0, 1));
    c.row("narrow.0,1,0", x -> x[0].narrow(0, 1, 0));
    c.row("narrow.1,1,2", x -> x[0].narrow(1, 1, 2));
    c.row("select.-1,1", x -> x[0].select(-1, 1));
    c.row("select.0,0", x -> x[0].select(0, 0));
    c.row("select.1,-1", x -> x[0].select(1, -1));
    c.row("slice.-2:", x -> x[0].get(Index.from(-2)));
    c.row("slice.1:7:2", x -> x[0].get(Index.slice(1L, 7L, 2)));
    c.row("slice.5:2", x -> x[0].slice(0, 5, 2));
    c.row("slice.:,1:3", x -> x[0].get(Index.ALL, Index.slice(1, 3)));
    c.row("slice.:,::2,1:", x -> x[0].get(Index.ALL, Index.slice(null, null, 2), Index.from(1)));
    c.row("slice.:-1", x -> x[0].get(Index.until(-1)));
    c.row("slice.::3", x -> x[0].slice(0, null, null, 3));
    c.row("diagonal", x -> x[0].diagonal());
    c.row("diagonal.0,1,2", x -> x[0].diagonal(0, 1, 2));
    c.row("diagonal.1,-1,0", x -> x[0].diagonal(1, -1, 0));
    c.row("diagonal.offset-1", x -> x[0].diagonal(-1));
    c.row("diagonal.offset1", x -> x[0].diagonal(1));
    c.row("unfold.-1,3,2", x -> x[0].unfold(-1, 3, 2));
    c.row("unfold.0,2,1", x -> x[0].unfold(0, 2, 1));
    c.row("asStrided.2,2,1,2", x -> x[0].asStrided(new long[] {2, 2}, new long[] {1, 2}));
    c.row("asStrided.overlap", x -> x[0].asStrided(new long[] {3, 2}, new long[] {1, 1}, 1));
    c.row("asStrided.transposed", x -> x[0].asStrided(new long[] {2, 3}, new long[] {1, 2}));
    c.rows("split.1,2.dim1", x -> x[0].split(new long[] {1, 2}, 1));
    c.rows("split.1.dim1", x -> x[0].split(1, 1));
    c.rows("split.2", x -> x[0].split(2));
    c.rows("chunk.2", x -> x[0].chunk(2));
    c.rows("chunk.3.dim-1", x -> x[0].chunk(3, -1));
    c.rows("unbind", x -> x[0].unbind());
    c.rows("unbind.-1", x -> x[0].unbind(-1));
    c.rows("tensorSplit.3", x -> x[0].tensorSplit(3, 0));
    c.row("contiguous", x -> x[0].contiguous());
    c.row("clone", x -> x[0].clone());
    c.row("detach", x -> x[0].detach());
    c.row("to.bool", x -> x[0].to(DType.BOOL));
    c.row("to.float32", x -> x[0].to(DType.FLOAT32));
    c.row("to.float64", x -> x[0].to(DType.FLOAT64));
    c.row("to.int32", x -> x[0].to(DType.INT32));
    c.row("to.int64", x -> x[0].to(DType.INT64));
    c.row("to.uint8", x -> x[0].to(DType.UINT8));
    c.row("t_", x -> x[0].clone().t_());
    c.row("transpose_.0,1", x -> x[0].clone().transpose_(0, 1));
    c.row("squeeze_", x -> x[0].clone().squeeze_());
    c.row("unsqueeze_.0", x -> x[0].clone().unsqueeze_(0));
    c.row("composite.views", x -> x[0].t().get(Index.from(1)).unsqueeze(0).expand(2, -1, -1).reshape(-1, 2));
  }
}
