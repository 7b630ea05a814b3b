package dev.flambeau;

import dev.flambeau.scalar.BinaryOp;
import dev.flambeau.scalar.Scalar;
import java.util.Locale;

/** Operations on the bits of integers and on truth values. They have no derivative. */
final class Bits {
  static final Bitwise AND = new Bitwise(BinaryOp.BIT_AND);
  static final Bitwise OR = new Bitwise(BinaryOp.BIT_OR);
  static final Bitwise XOR = new Bitwise(BinaryOp.BIT_XOR);
  static final Bitwise SHIFT_LEFT = new Bitwise(BinaryOp.SHIFT_LEFT);
  static final Bitwise SHIFT_RIGHT = new Bitwise(BinaryOp.SHIFT_RIGHT);
  static final BitwiseNot NOT = new BitwiseNot();

  private Bits() {}

  /** {@code x} itself, which must be of integers or truth values. */
  static Tensor checked(String operation, Tensor x) {
    if (x.isFloatingPoint()) {
      throw Errors.argument(operation, "bits are those of integers or truth values, but the operand is "
          + x.dtype().torchName() + "; convert it with to(…)");
    }
    return x;
  }

  /** The bits of a and b combined, or those of a moved by b. */
  record Bitwise(BinaryOp op) implements Pointwise {
    @Override
    public String name() { return "Bitwise " + op.name().toLowerCase(Locale.ROOT); }

    @Override
    public Scalar of(Scalar... x) { return x[0].binary(op, x[1]); }
  }

  /** All bits of x flipped. */
  record BitwiseNot() implements Pointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].bitNot(); }
  }
}
