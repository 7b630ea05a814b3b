package dev.flambeau;

import dev.flambeau.scalar.BinaryOp;
import dev.flambeau.scalar.Scalar;
import java.util.Locale;

/** Questions about numbers, answered by truth values. They have no derivative. */
final class Comparisons {
  static final Compare EQ = new Compare(BinaryOp.EQ);
  static final Compare NE = new Compare(BinaryOp.NE);
  static final Compare LT = new Compare(BinaryOp.LT);
  static final Compare LE = new Compare(BinaryOp.LE);
  static final Compare GT = new Compare(BinaryOp.GT);
  static final Compare GE = new Compare(BinaryOp.GE);
  static final Compare LOGICAL_AND = new Compare(BinaryOp.AND);
  static final Compare LOGICAL_OR = new Compare(BinaryOp.OR);
  static final Isnan ISNAN = new Isnan();
  static final Isinf ISINF = new Isinf();
  static final Isfinite ISFINITE = new Isfinite();
  static final Signbit SIGNBIT = new Signbit();
  static final LogicalNot LOGICAL_NOT = new LogicalNot();
  static final LogicalXor LOGICAL_XOR = new LogicalXor();
  static final Isclose ISCLOSE = new Isclose(false);
  static final Isclose ISCLOSE_OR_NAN = new Isclose(true);

  private Comparisons() {}

  /** Whether a and b are in this relation. */
  record Compare(BinaryOp relation) implements Truth {
    @Override
    public String name() {
      String name = relation.name().toLowerCase(Locale.ROOT);
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    public Scalar of(Scalar... x) { return x[0].binary(relation, x[1]); }
  }

  /** Whether x is NaN. */
  record Isnan() implements Truth {
    @Override
    public Scalar of(Scalar... x) { return x[0].isNan(); }
  }

  /** Whether x is infinite. */
  record Isinf() implements Truth {
    @Override
    public Scalar of(Scalar... x) { return x[0].isInf(); }
  }

  /** Whether x is neither NaN nor infinite. */
  record Isfinite() implements Truth {
    @Override
    public Scalar of(Scalar... x) { return x[0].isNan().or(x[0].isInf()).not(); }
  }

  /** Whether x is negative; −0 is. */
  record Signbit() implements Truth {
    @Override
    public Scalar of(Scalar... x) { return isNegative(x[0]); }
  }

  /** Whether x is 0. */
  record LogicalNot() implements Truth {
    @Override
    public Scalar of(Scalar... x) { return x[0].not(); }
  }

  /** Whether one of a and b is not 0. */
  record LogicalXor() implements Truth {
    @Override
    public Scalar of(Scalar... x) { return x[0].eq(0).ne(x[1].eq(0)); }
  }

  /** Whether |a − b| ≤ atol + rtol · |b|, for numbers rtol, atol. */
  record Isclose(boolean equalNan) implements Truth {
    @Override
    public Scalar of(Scalar... x) {
      Scalar close = x[0].eq(x[1]).or(x[1].isInf().not().and(x[0].sub(x[1]).abs().le(x[3].add(x[2].mul(x[1]).abs()))));
      return equalNan ? close.or(x[0].isNan().and(x[1].isNan())) : close;
    }
  }

  /** Operations that answer. */
  interface Truth extends Pointwise {
    @Override
    default Typing typing() { return Typing.TRUTH; }
  }

  /** Whether the sign of {@code x} is a minus, that of −0 too. */
  static Scalar isNegative(Scalar x) { return x.lt(0).or(x.eq(0).and(x.reciprocal().lt(0))); }
}
