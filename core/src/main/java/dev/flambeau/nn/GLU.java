package dev.flambeau.nn;

/** a · σ(b) for the halves a, b of x along a dimension (<a href="https://arxiv.org/abs/1612.08083">Dauphin et al. 2016</a>). */
public final class GLU extends Stateless {
  /** Along the last. */
  public GLU() { this(-1); }

  /** Along {@code dim}. */
  public GLU(int dim) { super(x -> x.glu(dim), "dim", dim); }
}
