package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/** Plain numbers as operands: typed so that the tensor they meet keeps its dtype wherever PyTorch lets it. */
final class Numbers {
  private Numbers() {}

  /** {@code value} beside {@code x}: of its dtype if that is real, else of the default dtype. */
  static Tensor beside(Tensor x, double value) {
    ElementType type = x.array().type();
    return Tensor.number(real(type.isFloating() ? type : Torch.getDefaultDtype().element(), value));
  }

  /** {@code value} beside {@code x}: of its dtype, but an integer where that is of truth values. */
  static Tensor beside(Tensor x, long value) {
    ElementType type = x.array().type();
    return Tensor.number(switch (type) {
      case FLOAT32, FLOAT64 -> real(type, (double) value);
      case INT64, BOOL -> NdArray.scalar(value);
      case INT32 -> NdArray.of(new int[] {(int) value}, type, Shape.SCALAR);
      case UINT8 -> NdArray.of(new byte[] {(byte) value}, type, Shape.SCALAR);
    });
  }

  private static NdArray real(ElementType type, double value) {
    return type == ElementType.FLOAT32 ? NdArray.scalar((float) value) : NdArray.scalar(value);
  }

  /** {@code value} in the very dtype in which the operands meet: a factor never changes it. */
  static Tensor factor(String operation, double value, Tensor... operands) {
    NdArray[] x = new NdArray[operands.length];
    for (int k = 0; k < x.length; k++) x[k] = operands[k].array();
    return of(operation, Promotion.of(x), value);
  }

  /** {@code value} in the dtype of {@code x}. */
  static Tensor within(String operation, Tensor x, double value) { return of(operation, x.array().type(), value); }

  private static Tensor of(String operation, ElementType type, double value) {
    if (type == ElementType.UINT8 && value <= -1) throw Errors.argument(operation,
        "the number " + value + " does not fit uint8; convert the tensor to int64 or float32");
    if (type.isFloating()) return Tensor.number(real(type, value));
    return Tensor.number(Layout.cast(NdArray.scalar((long) value), type));
  }

  /** {@code value} beside {@code x}, which must not be negative. */
  static Tensor notNegative(String operation, Tensor x, double value) {
    if (value < 0) throw Errors.argument(operation,
        "in place the number must be at least 0 for the sign of x to be told from the result, but is " + value);
    return beside(x, value);
  }

  /** The greatest finite number of the dtype of {@code x}. */
  static double greatest(Tensor x) { return x.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE; }

  /** {@code value} itself, if it {@code fits}. */
  static double fit(String operation, double value, boolean fits, String wanted) {
    if (!fits) throw Errors.argument(operation, "expected " + wanted + ", but got " + value);
    return value;
  }

  /** {@code x} itself, which must not be of truth values. */
  static Tensor notTruth(String operation, Tensor x) {
    if (x.dtype() == DType.BOOL) throw Errors.argument(operation,
        "truth values are not numbers; use logicalNot or logicalXor, or convert them with to(…)");
    return x;
  }

  /** {@code x} itself, which must be of truth values. */
  static Tensor truth(String operation, Tensor x) {
    if (x.dtype() != DType.BOOL) throw Errors.argument(operation, "the condition must be of truth values, but is "
        + x.dtype().torchName() + "; compare it with something, as in ne(0)");
    return x;
  }

  /** {@code x} itself, which must be of real numbers. */
  static Tensor real(String operation, Tensor x) {
    if (!x.isFloatingPoint()) throw Errors.argument(operation,
        "real numbers are expected, but the operand is " + x.dtype().torchName() + "; convert it with to(…)");
    return x;
  }

  /** {@code other} itself, which must be of the dtype of {@code x}. */
  static Tensor ofOneType(String operation, Tensor x, Tensor other) {
    if (x.dtype() != other.dtype()) {
      throw Errors.argument(operation, "operands must be of one dtype, but are " + x.dtype().torchName() + " and "
          + other.dtype().torchName() + "; convert one with to(…)");
    }
    return other;
  }

  /** {@code other} itself, which must not contain 0 if the division by it is one of integers. */
  static Tensor divisor(String operation, Tensor x, Tensor other) {
    NdArray divisor = other.array();
    if (x.isFloatingPoint() || divisor.type().isFloating() || x.numel() == 0) return other;
    for (int i = 0; i < divisor.numel(); i++) {
      if (divisor.longAt(divisor.position(i)) == 0) {
        throw Errors.argument(operation, "integer division by zero, at element " + i + " of the divisor of shape "
            + divisor.shape() + "; convert an operand to real numbers, where it is infinite");
      }
    }
    return other;
  }

  /** Whether the truth values of a new array are all true. */
  static boolean areAllTrue(Tensor x) {
    for (byte truth : x.array().bytes()) if (truth == 0) return false;
    return true;
  }
}
