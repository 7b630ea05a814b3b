package dev.flambeau;

/** Comparisons, questions, truth values and bits. They have no derivative; but for bits, the results are truth values. */
public sealed interface TensorComparisons permits TensorPointwise {
  /** This tensor. */
  Tensor self();

  /** Whether x = other. */
  default Tensor eq(Tensor other) { return Op.apply(Comparisons.EQ, self(), other); }

  /** Whether x = other. */
  default Tensor eq(double other) { return Op.apply(Comparisons.EQ, self(), Numbers.beside(self(), other)); }

  /** Whether x = other. */
  default Tensor eq(long other) { return Op.apply(Comparisons.EQ, self(), Numbers.beside(self(), other)); }

  /** Whether x ≠ other. */
  default Tensor ne(Tensor other) { return Op.apply(Comparisons.NE, self(), other); }

  /** Whether x ≠ other. */
  default Tensor ne(double other) { return Op.apply(Comparisons.NE, self(), Numbers.beside(self(), other)); }

  /** Whether x ≠ other. */
  default Tensor ne(long other) { return Op.apply(Comparisons.NE, self(), Numbers.beside(self(), other)); }

  /** Whether x &lt; other. */
  default Tensor lt(Tensor other) { return Op.apply(Comparisons.LT, self(), other); }

  /** Whether x &lt; other. */
  default Tensor lt(double other) { return Op.apply(Comparisons.LT, self(), Numbers.beside(self(), other)); }

  /** Whether x &lt; other. */
  default Tensor lt(long other) { return Op.apply(Comparisons.LT, self(), Numbers.beside(self(), other)); }

  /** Whether x ≤ other. */
  default Tensor le(Tensor other) { return Op.apply(Comparisons.LE, self(), other); }

  /** Whether x ≤ other. */
  default Tensor le(double other) { return Op.apply(Comparisons.LE, self(), Numbers.beside(self(), other)); }

  /** Whether x ≤ other. */
  default Tensor le(long other) { return Op.apply(Comparisons.LE, self(), Numbers.beside(self(), other)); }

  /** Whether x > other. */
  default Tensor gt(Tensor other) { return Op.apply(Comparisons.GT, self(), other); }

  /** Whether x > other. */
  default Tensor gt(double other) { return Op.apply(Comparisons.GT, self(), Numbers.beside(self(), other)); }

  /** Whether x > other. */
  default Tensor gt(long other) { return Op.apply(Comparisons.GT, self(), Numbers.beside(self(), other)); }

  /** Whether x ≥ other. */
  default Tensor ge(Tensor other) { return Op.apply(Comparisons.GE, self(), other); }

  /** Whether x ≥ other. */
  default Tensor ge(double other) { return Op.apply(Comparisons.GE, self(), Numbers.beside(self(), other)); }

  /** Whether x ≥ other. */
  default Tensor ge(long other) { return Op.apply(Comparisons.GE, self(), Numbers.beside(self(), other)); }

  /** Whether x is NaN. */
  default Tensor isnan() { return Op.apply(Comparisons.ISNAN, self()); }

  /** Whether x is ∞ or −∞. */
  default Tensor isinf() { return Op.apply(Comparisons.ISINF, self()); }

  /** Whether x is neither NaN nor infinite. */
  default Tensor isfinite() { return Op.apply(Comparisons.ISFINITE, self()); }

  /** Whether the sign of x is a minus; that of −0 is. */
  default Tensor signbit() { return Op.apply(Comparisons.SIGNBIT, self()); }

  /** Whether both are not 0. */
  default Tensor logicalAnd(Tensor other) { return Op.apply(Comparisons.LOGICAL_AND, self(), other); }

  /** Whether one or both are not 0. */
  default Tensor logicalOr(Tensor other) { return Op.apply(Comparisons.LOGICAL_OR, self(), other); }

  /** Whether one is not 0. */
  default Tensor logicalXor(Tensor other) { return Op.apply(Comparisons.LOGICAL_XOR, self(), other); }

  /** Whether x is 0. */
  default Tensor logicalNot() { return Op.apply(Comparisons.LOGICAL_NOT, self()); }

  /** Bits set in both; of truth values, whether both are true. */
  default Tensor bitwiseAnd(Tensor other) {
    return Op.apply(Bits.AND, Bits.checked("bitwiseAnd", self()), Bits.checked("bitwiseAnd", other));
  }

  /** Bits set in both; of truth values, whether both are true. */
  default Tensor bitwiseAnd(long other) { return bitwiseAnd(Numbers.beside(self(), other)); }

  /** Bits set in one or both; of truth values, whether one is true. */
  default Tensor bitwiseOr(Tensor other) {
    return Op.apply(Bits.OR, Bits.checked("bitwiseOr", self()), Bits.checked("bitwiseOr", other));
  }

  /** Bits set in one or both; of truth values, whether one is true. */
  default Tensor bitwiseOr(long other) { return bitwiseOr(Numbers.beside(self(), other)); }

  /** Bits set in one; of truth values, whether they differ. */
  default Tensor bitwiseXor(Tensor other) {
    return Op.apply(Bits.XOR, Bits.checked("bitwiseXor", self()), Bits.checked("bitwiseXor", other));
  }

  /** Bits set in one; of truth values, whether they differ. */
  default Tensor bitwiseXor(long other) { return bitwiseXor(Numbers.beside(self(), other)); }

  /** Bits moved up. */
  default Tensor bitwiseLeftShift(Tensor other) {
    return Op.apply(Bits.SHIFT_LEFT, Bits.checked("bitwiseLeftShift", self()), Bits.checked("bitwiseLeftShift", other));
  }

  /** Bits moved up. */
  default Tensor bitwiseLeftShift(long other) { return bitwiseLeftShift(Numbers.beside(self(), other)); }

  /** Bits moved down, the sign kept. */
  default Tensor bitwiseRightShift(Tensor other) {
    return Op.apply(Bits.SHIFT_RIGHT, Bits.checked("bitwiseRightShift", self()),
        Bits.checked("bitwiseRightShift", other));
  }

  /** Bits moved down, the sign kept. */
  default Tensor bitwiseRightShift(long other) { return bitwiseRightShift(Numbers.beside(self(), other)); }

  /** All bits flipped; of truth values, the other one. */
  default Tensor bitwiseNot() { return Op.apply(Bits.NOT, Bits.checked("bitwiseNot", self())); }

  /** Whether |x − other| ≤ 1e-8 + 1e-5 · |other|. */
  default Tensor isclose(Tensor other) { return isclose(other, 1e-5, 1e-8, false); }

  /** Whether |x − other| ≤ atol + rtol · |other|; two NaN are close if {@code equalNan}. */
  default Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
    Tensor real = self().isFloatingPoint() ? self() : other;
    return Op.apply(equalNan ? Comparisons.ISCLOSE_OR_NAN : Comparisons.ISCLOSE, self(), other,
        Numbers.beside(real, rtol), Numbers.beside(real, atol));
  }

  /** Whether all elements {@linkplain #isclose(Tensor) are close}. */
  default boolean allclose(Tensor other) { return allclose(other, 1e-5, 1e-8, false); }

  /** Whether all elements {@linkplain #isclose(Tensor, double, double, boolean) are close}. */
  default boolean allclose(Tensor other, double rtol, double atol, boolean equalNan) {
    return Numbers.areAllTrue(isclose(other, rtol, atol, equalNan));
  }

  /** Whether both have the same shape and equal elements. */
  default boolean equal(Tensor other) {
    return self().array().shape().equals(other.array().shape()) && Numbers.areAllTrue(eq(other));
  }
}
