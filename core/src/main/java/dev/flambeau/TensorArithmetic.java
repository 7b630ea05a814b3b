package dev.flambeau;

import org.jspecify.annotations.Nullable;

/** Arithmetic, powers, extrema, ranges. Operands broadcast and meet in the greater dtype. */
public sealed interface TensorArithmetic permits TensorPointwise {
  /** This tensor. */
  Tensor self();

  /** y = x + other;  dx = g, dother = g. */
  default Tensor add(Tensor other) { return Op.apply(Arithmetic.ADD, self(), other); }

  /** y = x + other;  dx = g. */
  default Tensor add(double other) { return Op.apply(Arithmetic.ADD, self(), Numbers.beside(self(), other)); }

  /** y = x + other;  dx = g. */
  default Tensor add(long other) { return Op.apply(Arithmetic.ADD, self(), Numbers.beside(self(), other)); }

  /** y = x + α · other;  dx = g, dother = g · α. */
  default Tensor add(Tensor other, double alpha) {
    return Op.apply(Arithmetic.ADD_SCALED, self(), other, Numbers.factor("add", alpha, self(), other));
  }

  /** y = x − other;  dx = g, dother = −g. */
  default Tensor sub(Tensor other) {
    return Op.apply(Arithmetic.SUB, Numbers.notTruth("sub", self()), Numbers.notTruth("sub", other));
  }

  /** y = x − other;  dx = g. */
  default Tensor sub(double other) {
    return Op.apply(Arithmetic.SUB, Numbers.notTruth("sub", self()), Numbers.beside(self(), other));
  }

  /** y = x − other;  dx = g. */
  default Tensor sub(long other) {
    return Op.apply(Arithmetic.SUB, Numbers.notTruth("sub", self()), Numbers.beside(self(), other));
  }

  /** y = x − α · other;  dx = g, dother = −g · α. */
  default Tensor sub(Tensor other, double alpha) {
    return Op.apply(Arithmetic.SUB_SCALED, Numbers.notTruth("sub", self()), Numbers.notTruth("sub", other),
        Numbers.factor("sub", alpha, self(), other));
  }

  /** y = other − x;  dx = −g, dother = g. */
  default Tensor rsub(Tensor other) {
    return Op.apply(Arithmetic.RSUB, Numbers.notTruth("rsub", self()), Numbers.notTruth("rsub", other));
  }

  /** y = other − x;  dx = −g. */
  default Tensor rsub(double other) {
    return Op.apply(Arithmetic.NUMBER_RSUB, Numbers.notTruth("rsub", self()), Numbers.beside(self(), other));
  }

  /** y = other − x;  dx = −g. */
  default Tensor rsub(long other) {
    return Op.apply(Arithmetic.NUMBER_RSUB, Numbers.notTruth("rsub", self()), Numbers.beside(self(), other));
  }

  /** y = x · other;  dx = g · other, dother = g · x. */
  default Tensor mul(Tensor other) { return Op.apply(Arithmetic.MUL, self(), other); }

  /** y = x · other;  dx = g · other. */
  default Tensor mul(double other) { return Op.apply(Arithmetic.MUL, self(), Numbers.beside(self(), other)); }

  /** y = x · other;  dx = g · other. */
  default Tensor mul(long other) { return Op.apply(Arithmetic.MUL, self(), Numbers.beside(self(), other)); }

  /** y = x / other, real;  dx = g / other, dother = −g · x / other². */
  default Tensor div(Tensor other) { return Op.apply(Arithmetic.DIV, self(), other); }

  /** y = x / other, real;  dx = g / other. */
  default Tensor div(double other) { return Op.apply(Arithmetic.DIV, self(), Numbers.beside(self(), other)); }

  /** y = x / other, real;  dx = g / other. */
  default Tensor div(long other) { return Op.apply(Arithmetic.DIV, self(), Numbers.beside(self(), other)); }

  /** y = x / other, rounded;  derivatives are 0. */
  default Tensor div(Tensor other, RoundingMode mode) {
    return Op.apply(mode == RoundingMode.TRUNC ? Arithmetic.DIV_TRUNC : Arithmetic.DIV_FLOOR, self(),
        Numbers.divisor("div", self(), other));
  }

  /** y = x / other, rounded;  dx = 0. */
  default Tensor div(double other, RoundingMode mode) { return div(Numbers.beside(self(), other), mode); }

  /** y = x / other, rounded;  dx = 0. */
  default Tensor div(long other, RoundingMode mode) { return div(Numbers.beside(self(), other), mode); }

  /** y = other / x;  dx = −g · other / x². */
  default Tensor rdiv(double other) { return reciprocal().mul(other); }

  /** y = ⌊x / other⌋; has no derivative. */
  default Tensor floorDivide(Tensor other) {
    return Op.apply(Arithmetic.FLOOR_DIVIDE, self().detach(), Numbers.divisor("floorDivide", self(), other).detach());
  }

  /** y = ⌊x / other⌋; has no derivative. */
  default Tensor floorDivide(double other) { return floorDivide(Numbers.beside(self(), other)); }

  /** y = ⌊x / other⌋; has no derivative. */
  default Tensor floorDivide(long other) { return floorDivide(Numbers.beside(self(), other)); }

  /** y = x − other · ⌊x / other⌋, of the sign of other;  dx = g, dother = −g · ⌊x / other⌋. */
  default Tensor remainder(Tensor other) {
    return Op.apply(Arithmetic.REMAINDER, self(), Numbers.divisor("remainder", self(), other));
  }

  /** y = x − other · ⌊x / other⌋, of the sign of other;  dx = g. */
  default Tensor remainder(double other) {
    return Op.apply(Arithmetic.REMAINDER_NUMBER, self(),
        Numbers.divisor("remainder", self(), Numbers.beside(self(), other)));
  }

  /** y = x − other · ⌊x / other⌋, of the sign of other;  dx = g. */
  default Tensor remainder(long other) {
    return Op.apply(Arithmetic.REMAINDER_NUMBER, self(),
        Numbers.divisor("remainder", self(), Numbers.beside(self(), other)));
  }

  /** y = x − other · trunc(x / other), of the sign of x;  dx = g, dother = −g · trunc(x / other). */
  default Tensor fmod(Tensor other) {
    return Op.apply(Arithmetic.FMOD, self(), Numbers.divisor("fmod", self(), other));
  }

  /** y = x − other · trunc(x / other), of the sign of x;  dx = g. */
  default Tensor fmod(double other) {
    return Op.apply(Arithmetic.FMOD_NUMBER, self(), Numbers.divisor("fmod", self(), Numbers.beside(self(), other)));
  }

  /** y = x − other · trunc(x / other), of the sign of x;  dx = g. */
  default Tensor fmod(long other) {
    return Op.apply(Arithmetic.FMOD_NUMBER, self(), Numbers.divisor("fmod", self(), Numbers.beside(self(), other)));
  }

  /** y = −x;  dx = −g. */
  default Tensor neg() { return Op.apply(Arithmetic.NEG, Numbers.notTruth("neg", self())); }

  /** y = |x|;  dx = g · sign(x). */
  default Tensor abs() { return Op.apply(Arithmetic.ABS, self()); }

  /** y = −1, 0 or 1;  dx = 0. */
  default Tensor sign() { return Op.apply(Arithmetic.SIGN, self()); }

  /** y = 1 / x;  dx = −g · y². */
  default Tensor reciprocal() { return Op.apply(Arithmetic.RECIPROCAL, self()); }

  /** y = x²;  dx = 2g · x. */
  default Tensor square() { return pow(2); }

  /** y = √x;  dx = g / 2y. */
  default Tensor sqrt() { return Op.apply(Powers.SQRT, self()); }

  /** y = 1 / √x;  dx = −g · y³ / 2. */
  default Tensor rsqrt() { return Op.apply(Powers.RSQRT, self()); }

  /** y = xᵉ;  dx = g · e · xᵉ⁻¹, de = g · y · log x. */
  default Tensor pow(Tensor exponent) { return Op.apply(Powers.POW, self(), exponent); }

  /** y = xᵉ;  dx = g · e · xᵉ⁻¹. */
  default Tensor pow(double exponent) {
    return Powers.isCommon(exponent) ? Op.apply(new Powers.PowNumber(exponent), self())
        : Op.apply(Powers.POW_REAL, self(), Numbers.beside(self(), exponent));
  }

  /**
   * y = xᵉ;  dx = g · e · xᵉ⁻¹. Integers stay integers.
   *
   * @throws IllegalArgumentException for a negative power of integers
   */
  default Tensor pow(long exponent) {
    return self().isFloatingPoint() ? pow((double) exponent)
        : Op.apply(Powers.POW, self(), Numbers.beside(self(), Powers.ofIntegers(exponent)));
  }

  /** y = baseˣ;  dx = g · y · log(base). */
  default Tensor rpow(double base) { return Op.apply(Powers.POW_BASE, self(), Numbers.beside(self(), base)); }

  /** y = baseˣ;  dx = g · y · log(base). */
  default Tensor rpow(long base) { return Op.apply(Powers.POW_BASE, self(), Numbers.beside(self(), base)); }

  /** y = xᵉ in float64;  dx = g · e · xᵉ⁻¹. */
  default Tensor floatPower(double exponent) { return self().to(DType.FLOAT64).pow(exponent); }

  /** y = √(x² + other²);  dx = g · x / y, dother = g · other / y. */
  default Tensor hypot(Tensor other) { return Op.apply(Powers.HYPOT, self(), other); }

  /** y = x + a · b;  dx = g, da = g · b, db = g · a. */
  default Tensor addcmul(Tensor a, Tensor b) { return addcmul(a, b, 1); }

  /** y = x + value · a · b;  dx = g, da = g · value · b, db = g · value · a. */
  default Tensor addcmul(Tensor a, Tensor b, double value) {
    return Op.apply(Arithmetic.ADDCMUL, self(), a, b, Numbers.factor("addcmul", value, self(), a, b));
  }

  /** y = x + a / b;  dx = g, da = g / b, db = −g · a / b². */
  default Tensor addcdiv(Tensor a, Tensor b) { return addcdiv(a, b, 1); }

  /** y = x + value · a / b;  dx = g, da = g · value / b, db = −g · value · a / b². */
  default Tensor addcdiv(Tensor a, Tensor b, double value) {
    return Op.apply(Arithmetic.ADDCDIV, self(), Numbers.real("addcdiv", a), b, Numbers.beside(self(), value));
  }

  /** y = x + w · (end − x);  dx = g · (1 − w), dend = g · w, dw = g · (end − x). */
  default Tensor lerp(Tensor end, Tensor weight) {
    return Op.apply(Arithmetic.LERP, self(), Numbers.ofOneType("lerp", self(), end),
        Numbers.ofOneType("lerp", self(), weight));
  }

  /** y = x + w · (end − x);  dx = g · (1 − w), dend = g · w. */
  default Tensor lerp(Tensor end, double weight) {
    return Op.apply(Arithmetic.LERP_NUMBER, self(), Numbers.ofOneType("lerp", self(), end),
        Numbers.beside(self(), weight));
  }

  /** The larger of x and other, NaN if one is;  the gradient goes to that operand, half to each if they are equal. */
  default Tensor maximum(Tensor other) { return Op.apply(Choices.MAXIMUM, self(), other); }

  /** The smaller of x and other, NaN if one is;  the gradient goes to that operand, half to each if they are equal. */
  default Tensor minimum(Tensor other) { return Op.apply(Choices.MINIMUM, self(), other); }

  /** As {@link #maximum}. */
  default Tensor max(Tensor other) { return maximum(other); }

  /** As {@link #minimum}. */
  default Tensor min(Tensor other) { return minimum(other); }

  /** The larger of x and other that is not NaN;  the gradient goes to that operand, to x if they are equal. */
  default Tensor fmax(Tensor other) { return Op.apply(Choices.FMAX, self(), other); }

  /** The smaller of x and other that is not NaN;  the gradient goes to that operand, to x if they are equal. */
  default Tensor fmin(Tensor other) { return Op.apply(Choices.FMIN, self(), other); }

  /** x pushed into min … max;  dx = g inside, bounds included. */
  default Tensor clamp(double min, double max) {
    return Op.apply(Choices.CLAMP_NUMBERS, self(), Numbers.beside(self(), min), Numbers.beside(self(), max));
  }

  /** x pushed into min … max;  dx = g inside, bounds included. */
  default Tensor clamp(long min, long max) {
    return Op.apply(Choices.CLAMP_NUMBERS, self(), Numbers.beside(self(), min), Numbers.beside(self(), max));
  }

  /** x pushed into min … max, either of which may be missing;  dx = g inside, bounds included, and the bounds get the gradient where they rule. */
  default Tensor clamp(@Nullable Tensor min, @Nullable Tensor max) {
    if (min != null && max != null) return Op.apply(Choices.CLAMP, self(), min, max);
    if (min != null) return Op.apply(Choices.CLAMP_ONLY_MIN, self(), min);
    if (max != null) return Op.apply(Choices.CLAMP_ONLY_MAX, self(), max);
    throw Errors.argument("clamp", "at least one of min and max must be given");
  }

  /** x, but at least min;  dx = g where x ≥ min, dmin = g below. */
  default Tensor clampMin(Tensor min) { return Op.apply(Choices.CLAMP_MIN, self(), min); }

  /** x, but at least min;  dx = g where x ≥ min. */
  default Tensor clampMin(double min) {
    return Op.apply(Choices.CLAMP_MIN_NUMBER, self(), Numbers.beside(self(), min));
  }

  /** x, but at least min;  dx = g where x ≥ min. */
  default Tensor clampMin(long min) { return Op.apply(Choices.CLAMP_MIN_NUMBER, self(), Numbers.beside(self(), min)); }

  /** x, but at most max;  dx = g where x ≤ max, dmax = g above. */
  default Tensor clampMax(Tensor max) { return Op.apply(Choices.CLAMP_MAX, self(), max); }

  /** x, but at most max;  dx = g where x ≤ max. */
  default Tensor clampMax(double max) {
    return Op.apply(Choices.CLAMP_MAX_NUMBER, self(), Numbers.beside(self(), max));
  }

  /** x, but at most max;  dx = g where x ≤ max. */
  default Tensor clampMax(long max) { return Op.apply(Choices.CLAMP_MAX_NUMBER, self(), Numbers.beside(self(), max)); }

  /** x where the condition is true, else other;  dx = g where it is true, dother = g elsewhere. */
  default Tensor where(Tensor condition, Tensor other) {
    return Op.apply(Choices.WHERE, Numbers.truth("where", condition), self(), other);
  }

  /** x where the condition is true, else other;  dx = g where it is true. */
  default Tensor where(Tensor condition, double other) { return where(condition, Numbers.beside(self(), other)); }

  /** x where the condition is true, else other;  dx = g where it is true. */
  default Tensor where(Tensor condition, long other) { return where(condition, Numbers.beside(self(), other)); }

  /** |x| with the sign of other;  dx = g · y / x, 0 at 0, dother = 0. */
  default Tensor copysign(Tensor other) { return Op.apply(Choices.COPYSIGN, self(), other); }

  /** |x| with the sign of other;  dx = g · y / x, 0 at 0. */
  default Tensor copysign(double other) { return copysign(Numbers.beside(self(), other)); }

  /** 0 below 0, values at 0, 1 above; has no derivative. */
  default Tensor heaviside(Tensor values) {
    return Op.apply(Choices.HEAVISIDE, self(), Numbers.ofOneType("heaviside", self(), values));
  }

  /** x, but 0 for NaN and the greatest finite numbers for ±∞;  dx = g where x is finite. */
  default Tensor nanToNum() { return nanToNum(0, Numbers.greatest(self()), -Numbers.greatest(self())); }

  /** x, but these numbers for NaN, ∞ and −∞;  dx = g where x is finite. */
  default Tensor nanToNum(double nan, double posInf, double negInf) {
    if (!self().isFloatingPoint()) return self().clone();
    return Op.apply(Choices.NAN_TO_NUM, self(), Numbers.beside(self(), nan), Numbers.beside(self(), posInf),
        Numbers.beside(self(), negInf));
  }

  /** {@link #add(Tensor)} as an operator of Kotlin and Groovy. */
  default Tensor plus(Tensor other) { return add(other); }

  /** {@link #add(double)} as an operator of Kotlin and Groovy. */
  default Tensor plus(double other) { return add(other); }

  /** {@link #add(long)} as an operator of Kotlin and Groovy. */
  default Tensor plus(long other) { return add(other); }

  /** {@link #sub(Tensor)} as an operator of Kotlin and Groovy. */
  default Tensor minus(Tensor other) { return sub(other); }

  /** {@link #sub(double)} as an operator of Kotlin and Groovy. */
  default Tensor minus(double other) { return sub(other); }

  /** {@link #sub(long)} as an operator of Kotlin and Groovy. */
  default Tensor minus(long other) { return sub(other); }

  /** {@link #mul(Tensor)} as an operator of Kotlin. */
  default Tensor times(Tensor other) { return mul(other); }

  /** {@link #mul(double)} as an operator of Kotlin and Groovy. */
  default Tensor times(double other) { return mul(other); }

  /** {@link #mul(long)} as an operator of Kotlin and Groovy. */
  default Tensor times(long other) { return mul(other); }

  /** {@link #neg} as an operator of Kotlin. */
  default Tensor unaryMinus() { return neg(); }

  /** {@link #neg} as an operator of Groovy. */
  default Tensor negative() { return neg(); }
}
