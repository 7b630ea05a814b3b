package dev.flambeau.catalogue;

import dev.flambeau.Torch;

/** Products of vectors, matrices and batches of matrices. */
final class LinearRows {
  private LinearRows() {}

  static void add(Catalogue c) {
    c.row("addmm", x -> x[0].addmm(x[1], x[2]));
    c.row("addmm.beta0", x -> x[0].addmm(x[1], x[2], 0, 1));
    c.row("addmm.beta0.5.alpha2", x -> x[0].addmm(x[1], x[2], 0.5, 2));
    c.row("addmv", x -> x[0].addmv(x[1], x[2]));
    c.row("addmv.beta0.5.alpha2", x -> x[0].addmv(x[1], x[2], 0.5, 2));
    c.row("addr", x -> x[0].addr(x[1], x[2]));
    c.row("baddbmm", x -> x[0].baddbmm(x[1], x[2]));
    c.row("baddbmm.beta0.5.alpha2", x -> x[0].baddbmm(x[1], x[2], 0.5, 2));
    c.row("bmm", x -> x[0].bmm(x[1]));
    c.row("dot", x -> x[0].dot(x[1]));
    c.row("einsum....i,i->...", x -> Torch.einsum("...i,i->...", x));
    c.row("einsum....ij,...jk->...ik", x -> Torch.einsum("...ij,...jk->...ik", x));
    c.row("einsum.b...->b", x -> Torch.einsum("b...->b", x));
    c.row("einsum.bhqd,bhkd->bhqk", x -> Torch.einsum("bhqd,bhkd->bhqk", x));
    c.row("einsum.bii->bi", x -> Torch.einsum("bii->bi", x));
    c.row("einsum.bij,bjk->bik", x -> Torch.einsum("bij,bjk->bik", x));
    c.row("einsum.bn,anm,bm->ba", x -> Torch.einsum("bn,anm,bm->ba", x));
    c.row("einsum.i,i->", x -> Torch.einsum("i,i->", x));
    c.row("einsum.i,ij,j->", x -> Torch.einsum("i,ij,j->", x));
    c.row("einsum.i,j->ij", x -> Torch.einsum("i,j->ij", x));
    c.row("einsum.ii", x -> Torch.einsum("ii", x));
    c.row("einsum.ii->", x -> Torch.einsum("ii->", x));
    c.row("einsum.ii->i", x -> Torch.einsum("ii->i", x));
    c.row("einsum.ij,ij->", x -> Torch.einsum("ij,ij->", x));
    c.row("einsum.ij,ij->ij", x -> Torch.einsum("ij,ij->ij", x));
    c.row("einsum.ij,j->i", x -> Torch.einsum("ij,j->i", x));
    c.row("einsum.ij,jk", x -> Torch.einsum("ij,jk", x));
    c.row("einsum.ij,jk->ik", x -> Torch.einsum("ij,jk->ik", x));
    c.row("einsum.ij,kl->ijkl", x -> Torch.einsum("ij,kl->ijkl", x));
    c.row("einsum.ij->", x -> Torch.einsum("ij->", x));
    c.row("einsum.ij->j", x -> Torch.einsum("ij->j", x));
    c.row("einsum.ij->ji", x -> Torch.einsum("ij->ji", x));
    c.row("einsum.ijk,ikl->jl", x -> Torch.einsum("ijk,ikl->jl", x));
    c.row("inner", x -> x[0].inner(x[1]));
    c.row("linear", x -> x[0].linear(x[1], null));
    c.row("linear.bias", x -> x[0].linear(x[1], x[2]));
    c.row("matmul", x -> x[0].matmul(x[1]));
    c.row("matmul.batched", x -> x[0].matmul(x[1]));
    c.row("mm", x -> x[0].mm(x[1]));
    c.row("mv", x -> x[0].mv(x[1]));
    c.row("outer", x -> x[0].outer(x[1]));
    c.row("tensordot.01,10", x -> x[0].tensordot(x[1], new int[] {0, 1}, new int[] {1, 0}));
    c.row("tensordot.1", x -> x[0].tensordot(x[1], 1));
    c.row("trace", x -> x[0].trace());
    c.row("kron", x -> x[0].kron(x[1]));
  }
}
