package dev.flambeau;

import dev.flambeau.scalar.Scalar;

/** Neighbouring integers. */
final class Rounding {
  static final Floor FLOOR = new Floor();
  static final Ceil CEIL = new Ceil();
  static final Round ROUND = new Round();
  static final Trunc TRUNC = new Trunc();
  static final Frac FRAC = new Frac();
  static final RoundFiner ROUND_FINER = new RoundFiner();
  static final RoundCoarser ROUND_COARSER = new RoundCoarser();

  private Rounding() {}

  /** y = ⌊x⌋;  dx = 0. */
  record Floor() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].floor(); }
  }

  /** y = ⌈x⌉;  dx = 0. */
  record Ceil() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].ceil(); }
  }

  /** y = nearest integer, ties to the even one;  dx = 0. */
  record Round() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].round(); }
  }

  /** y = integer part of x;  dx = 0. */
  record Trunc() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].trunc(); }
  }

  /** y = x − trunc x;  dx = g. */
  record Frac() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sub(x[0].trunc()); }
  }

  /** y = round(x · t) / t for a power of ten t;  dx = 0. */
  record RoundFiner() implements Pointwise {
    @Override
    public String name() { return "Round"; }

    @Override
    public int overload() { return 1; }

    @Override
    public Scalar of(Scalar... x) { return x[0].mul(x[1]).round().div(x[1]); }
  }

  /** y = round(x / t) · t for a power of ten t;  dx = 0. */
  record RoundCoarser() implements Pointwise {
    @Override
    public String name() { return "Round"; }

    @Override
    public int overload() { return 1; }

    @Override
    public Scalar of(Scalar... x) { return x[0].div(x[1]).round().mul(x[1]); }
  }
}
