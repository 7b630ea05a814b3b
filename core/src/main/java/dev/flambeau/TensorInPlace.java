package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Pointwise operations whose result takes the place of this tensor. Each returns the tensor. */
public sealed interface TensorInPlace permits TensorPointwise {
  /** This tensor. */
  Tensor self();

  /** {@link Tensor#add(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor add_(Tensor other) { return Recorder.applyInPlace(Arithmetic.ADD, self(), other); }

  /** {@link Tensor#add(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor add_(double other) {
    return Recorder.applyInPlace(Arithmetic.ADD, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#add(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor add_(long other) {
    return Recorder.applyInPlace(Arithmetic.ADD, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#add(Tensor, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor add_(Tensor other, double alpha) {
    return Recorder.applyInPlace(Arithmetic.ADD_SCALED, self(), other, Numbers.factor("add_", alpha, self(), other));
  }

  /** {@link Tensor#sub(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor sub_(Tensor other) {
    return Recorder.applyInPlace(Arithmetic.SUB, Numbers.notTruth("sub_", self()), Numbers.notTruth("sub_", other));
  }

  /** {@link Tensor#sub(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor sub_(double other) {
    return Recorder.applyInPlace(Arithmetic.SUB, Numbers.notTruth("sub_", self()), Numbers.beside(self(), other));
  }

  /** {@link Tensor#sub(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor sub_(long other) {
    return Recorder.applyInPlace(Arithmetic.SUB, Numbers.notTruth("sub_", self()), Numbers.beside(self(), other));
  }

  /** {@link Tensor#sub(Tensor, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor sub_(Tensor other, double alpha) {
    return Recorder.applyInPlace(Arithmetic.SUB_SCALED, Numbers.notTruth("sub_", self()), other,
        Numbers.factor("sub_", alpha, self(), other));
  }

  /** {@link Tensor#mul(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor mul_(Tensor other) { return Recorder.applyInPlace(Arithmetic.MUL, self(), other); }

  /** {@link Tensor#mul(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor mul_(double other) {
    return Recorder.applyInPlace(Arithmetic.MUL, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#mul(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor mul_(long other) {
    return Recorder.applyInPlace(Arithmetic.MUL, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#div(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor div_(Tensor other) { return Recorder.applyInPlace(Arithmetic.DIV, self(), other); }

  /** {@link Tensor#div(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor div_(double other) {
    return Recorder.applyInPlace(Arithmetic.DIV, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#div(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor div_(long other) {
    return Recorder.applyInPlace(Arithmetic.DIV, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#div(Tensor, RoundingMode)} in place. */
  @CanIgnoreReturnValue
  default Tensor div_(Tensor other, RoundingMode mode) {
    return Recorder.applyInPlace(mode == RoundingMode.TRUNC ? Arithmetic.DIV_TRUNC : Arithmetic.DIV_FLOOR, self(),
        Numbers.divisor("div_", self(), other));
  }

  /** {@link Tensor#floorDivide(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor floorDivide_(Tensor other) {
    return Recorder.applyInPlace(Arithmetic.FLOOR_DIVIDE, self(), Numbers.divisor("floorDivide_", self(), other));
  }

  /** {@link Tensor#floorDivide(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor floorDivide_(double other) {
    return Recorder.applyInPlace(Arithmetic.FLOOR_DIVIDE, self(),
        Numbers.divisor("floorDivide_", self(), Numbers.beside(self(), other)));
  }

  /** {@link Tensor#floorDivide(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor floorDivide_(long other) {
    return Recorder.applyInPlace(Arithmetic.FLOOR_DIVIDE, self(),
        Numbers.divisor("floorDivide_", self(), Numbers.beside(self(), other)));
  }

  /** {@link Tensor#remainder(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor remainder_(Tensor other) {
    return Recorder.applyInPlace(Arithmetic.REMAINDER, self(), Numbers.divisor("remainder_", self(), other));
  }

  /** {@link Tensor#remainder(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor remainder_(double other) {
    return Recorder.applyInPlace(Arithmetic.REMAINDER_NUMBER, self(),
        Numbers.divisor("remainder_", self(), Numbers.beside(self(), other)));
  }

  /** {@link Tensor#remainder(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor remainder_(long other) {
    return Recorder.applyInPlace(Arithmetic.REMAINDER_NUMBER, self(),
        Numbers.divisor("remainder_", self(), Numbers.beside(self(), other)));
  }

  /** {@link Tensor#fmod(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor fmod_(Tensor other) {
    return Recorder.applyInPlace(Arithmetic.FMOD, self(), Numbers.divisor("fmod_", self(), other));
  }

  /** {@link Tensor#fmod(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor fmod_(double other) {
    return Recorder.applyInPlace(Arithmetic.FMOD_NUMBER, self(),
        Numbers.divisor("fmod_", self(), Numbers.beside(self(), other)));
  }

  /** {@link Tensor#fmod(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor fmod_(long other) {
    return Recorder.applyInPlace(Arithmetic.FMOD_NUMBER, self(),
        Numbers.divisor("fmod_", self(), Numbers.beside(self(), other)));
  }

  /** {@link Tensor#pow(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor pow_(Tensor exponent) { return Recorder.applyInPlace(Powers.POW, self(), exponent); }

  /** {@link Tensor#pow(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor pow_(double exponent) {
    return Powers.isCommon(exponent) ? Recorder.applyInPlace(new Powers.PowNumber(exponent), self())
        : Recorder.applyInPlace(Powers.POW_REAL, self(), Numbers.beside(self(), exponent));
  }

  /** {@link Tensor#pow(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor pow_(long exponent) {
    return self().isFloatingPoint() ? pow_((double) exponent)
        : Recorder.applyInPlace(Powers.POW, self(), Numbers.beside(self(), Powers.ofIntegers(exponent)));
  }

  /** {@link Tensor#square()} in place. */
  @CanIgnoreReturnValue
  default Tensor square_() { return pow_(2); }

  /** {@link Tensor#addcmul(Tensor, Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor addcmul_(Tensor a, Tensor b) { return addcmul_(a, b, 1); }

  /** {@link Tensor#addcmul(Tensor, Tensor, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor addcmul_(Tensor a, Tensor b, double value) {
    return Recorder.applyInPlace(Arithmetic.ADDCMUL, self(), a, b, Numbers.factor("addcmul_", value, self(), a, b));
  }

  /** {@link Tensor#addcdiv(Tensor, Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor addcdiv_(Tensor a, Tensor b) { return addcdiv_(a, b, 1); }

  /** {@link Tensor#addcdiv(Tensor, Tensor, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor addcdiv_(Tensor a, Tensor b, double value) {
    return Recorder.applyInPlace(Arithmetic.ADDCDIV, self(), Numbers.real("addcdiv_", a), b,
        Numbers.beside(self(), value));
  }

  /** {@link Tensor#lerp(Tensor, Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor lerp_(Tensor end, Tensor weight) {
    return Recorder.applyInPlace(Arithmetic.LERP, self(), Numbers.ofOneType("lerp_", self(), end),
        Numbers.ofOneType("lerp_", self(), weight));
  }

  /** {@link Tensor#lerp(Tensor, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor lerp_(Tensor end, double weight) {
    return Recorder.applyInPlace(Arithmetic.LERP_NUMBER, self(), Numbers.ofOneType("lerp_", self(), end),
        Numbers.beside(self(), weight));
  }

  /** {@link Tensor#clamp(double, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor clamp_(double min, double max) {
    return Recorder.applyInPlace(Choices.CLAMP_NUMBERS, self(), Numbers.beside(self(), min),
        Numbers.beside(self(), max));
  }

  /** {@link Tensor#clamp(long, long)} in place. */
  @CanIgnoreReturnValue
  default Tensor clamp_(long min, long max) {
    return Recorder.applyInPlace(Choices.CLAMP_NUMBERS, self(), Numbers.beside(self(), min),
        Numbers.beside(self(), max));
  }

  /** {@link Tensor#clamp(Tensor, Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor clamp_(Tensor min, Tensor max) { return Recorder.applyInPlace(Choices.CLAMP, self(), min, max); }

  /** {@link Tensor#clampMin(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor clampMin_(Tensor other) { return Recorder.applyInPlace(Choices.CLAMP_MIN, self(), other); }

  /** {@link Tensor#clampMin(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor clampMin_(double other) {
    return Recorder.applyInPlace(Choices.CLAMP_MIN_NUMBER, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#clampMin(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor clampMin_(long other) {
    return Recorder.applyInPlace(Choices.CLAMP_MIN_NUMBER, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#clampMax(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor clampMax_(Tensor other) { return Recorder.applyInPlace(Choices.CLAMP_MAX, self(), other); }

  /** {@link Tensor#clampMax(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor clampMax_(double other) {
    return Recorder.applyInPlace(Choices.CLAMP_MAX_NUMBER, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#clampMax(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor clampMax_(long other) {
    return Recorder.applyInPlace(Choices.CLAMP_MAX_NUMBER, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#atan2(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor atan2_(Tensor other) { return Recorder.applyInPlace(Trigonometry.ATAN2, self(), other); }

  /** {@link Tensor#hypot(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor hypot_(Tensor other) { return Recorder.applyInPlace(Powers.HYPOT, self(), other); }

  /** {@link Tensor#copysign(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor copysign_(Tensor other) { return Recorder.applyInPlace(Choices.COPYSIGN, self(), other); }

  /** {@link Tensor#xlogy(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor xlogy_(Tensor other) { return Recorder.applyInPlace(Exponentials.XLOGY, self(), other); }

  /** {@link Tensor#neg()} in place. */
  @CanIgnoreReturnValue
  default Tensor neg_() { return Recorder.applyInPlace(Arithmetic.NEG, self()); }

  /** {@link Tensor#abs()} in place. */
  @CanIgnoreReturnValue
  default Tensor abs_() { return Recorder.applyInPlace(Arithmetic.ABS, self()); }

  /** {@link Tensor#sign()} in place. */
  @CanIgnoreReturnValue
  default Tensor sign_() { return Recorder.applyInPlace(Arithmetic.SIGN, self()); }

  /** {@link Tensor#reciprocal()} in place. */
  @CanIgnoreReturnValue
  default Tensor reciprocal_() { return Recorder.applyInPlace(Arithmetic.RECIPROCAL, self()); }

  /** {@link Tensor#sqrt()} in place. */
  @CanIgnoreReturnValue
  default Tensor sqrt_() { return Recorder.applyInPlace(Powers.SQRT, self()); }

  /** {@link Tensor#rsqrt()} in place. */
  @CanIgnoreReturnValue
  default Tensor rsqrt_() { return Recorder.applyInPlace(Powers.RSQRT, self()); }

  /** {@link Tensor#exp()} in place. */
  @CanIgnoreReturnValue
  default Tensor exp_() { return Recorder.applyInPlace(Exponentials.EXP, self()); }

  /** {@link Tensor#exp2()} in place. */
  @CanIgnoreReturnValue
  default Tensor exp2_() { return Recorder.applyInPlace(Exponentials.EXP2, self()); }

  /** {@link Tensor#expm1()} in place. */
  @CanIgnoreReturnValue
  default Tensor expm1_() { return Recorder.applyInPlace(Exponentials.EXPM1, self()); }

  /** {@link Tensor#log()} in place. */
  @CanIgnoreReturnValue
  default Tensor log_() { return Recorder.applyInPlace(Exponentials.LOG, self()); }

  /** {@link Tensor#log2()} in place. */
  @CanIgnoreReturnValue
  default Tensor log2_() { return Recorder.applyInPlace(Exponentials.LOG2, self()); }

  /** {@link Tensor#log10()} in place. */
  @CanIgnoreReturnValue
  default Tensor log10_() { return Recorder.applyInPlace(Exponentials.LOG10, self()); }

  /** {@link Tensor#log1p()} in place. */
  @CanIgnoreReturnValue
  default Tensor log1p_() { return Recorder.applyInPlace(Exponentials.LOG1P, self()); }

  /** {@link Tensor#sin()} in place. */
  @CanIgnoreReturnValue
  default Tensor sin_() { return Recorder.applyInPlace(Trigonometry.SIN, self()); }

  /** {@link Tensor#cos()} in place. */
  @CanIgnoreReturnValue
  default Tensor cos_() { return Recorder.applyInPlace(Trigonometry.COS, self()); }

  /** {@link Tensor#tan()} in place. */
  @CanIgnoreReturnValue
  default Tensor tan_() { return Recorder.applyInPlace(Trigonometry.TAN, self()); }

  /** {@link Tensor#asin()} in place. */
  @CanIgnoreReturnValue
  default Tensor asin_() { return Recorder.applyInPlace(Trigonometry.ASIN, self()); }

  /** {@link Tensor#acos()} in place. */
  @CanIgnoreReturnValue
  default Tensor acos_() { return Recorder.applyInPlace(Trigonometry.ACOS, self()); }

  /** {@link Tensor#atan()} in place. */
  @CanIgnoreReturnValue
  default Tensor atan_() { return Recorder.applyInPlace(Trigonometry.ATAN, self()); }

  /** {@link Tensor#sinh()} in place. */
  @CanIgnoreReturnValue
  default Tensor sinh_() { return Recorder.applyInPlace(Trigonometry.SINH, self()); }

  /** {@link Tensor#cosh()} in place. */
  @CanIgnoreReturnValue
  default Tensor cosh_() { return Recorder.applyInPlace(Trigonometry.COSH, self()); }

  /** {@link Tensor#tanh()} in place. */
  @CanIgnoreReturnValue
  default Tensor tanh_() { return Recorder.applyInPlace(Trigonometry.TANH, self()); }

  /** {@link Tensor#asinh()} in place. */
  @CanIgnoreReturnValue
  default Tensor asinh_() { return Recorder.applyInPlace(Trigonometry.ASINH, self()); }

  /** {@link Tensor#acosh()} in place. */
  @CanIgnoreReturnValue
  default Tensor acosh_() { return Recorder.applyInPlace(Trigonometry.ACOSH, self()); }

  /** {@link Tensor#atanh()} in place. */
  @CanIgnoreReturnValue
  default Tensor atanh_() { return Recorder.applyInPlace(Trigonometry.ATANH, self()); }

  /** {@link Tensor#sinc()} in place. */
  @CanIgnoreReturnValue
  default Tensor sinc_() { return Recorder.applyInPlace(Trigonometry.SINC, self()); }

  /** {@link Tensor#rad2deg()} in place. */
  @CanIgnoreReturnValue
  default Tensor rad2deg_() { return Recorder.applyInPlace(Trigonometry.RAD2DEG, self()); }

  /** {@link Tensor#deg2rad()} in place. */
  @CanIgnoreReturnValue
  default Tensor deg2rad_() { return Recorder.applyInPlace(Trigonometry.DEG2RAD, self()); }

  /** {@link Tensor#erf()} in place. */
  @CanIgnoreReturnValue
  default Tensor erf_() { return Recorder.applyInPlace(ErrorAndGamma.ERF, self()); }

  /** {@link Tensor#erfc()} in place. */
  @CanIgnoreReturnValue
  default Tensor erfc_() { return Recorder.applyInPlace(ErrorAndGamma.ERFC, self()); }

  /** {@link Tensor#erfinv()} in place. */
  @CanIgnoreReturnValue
  default Tensor erfinv_() { return Recorder.applyInPlace(ErrorAndGamma.ERFINV, self()); }

  /** {@link Tensor#lgamma()} in place. */
  @CanIgnoreReturnValue
  default Tensor lgamma_() { return Recorder.applyInPlace(ErrorAndGamma.LGAMMA, self()); }

  /** {@link Tensor#digamma()} in place. */
  @CanIgnoreReturnValue
  default Tensor digamma_() { return Recorder.applyInPlace(ErrorAndGamma.DIGAMMA, self()); }

  /** {@link Tensor#floor()} in place. */
  @CanIgnoreReturnValue
  default Tensor floor_() { return Recorder.applyInPlace(Rounding.FLOOR, self()); }

  /** {@link Tensor#ceil()} in place. */
  @CanIgnoreReturnValue
  default Tensor ceil_() { return Recorder.applyInPlace(Rounding.CEIL, self()); }

  /** {@link Tensor#round()} in place. */
  @CanIgnoreReturnValue
  default Tensor round_() { return Recorder.applyInPlace(Rounding.ROUND, self()); }

  /** {@link Tensor#trunc()} in place. */
  @CanIgnoreReturnValue
  default Tensor trunc_() { return Recorder.applyInPlace(Rounding.TRUNC, self()); }

  /** {@link Tensor#frac()} in place. */
  @CanIgnoreReturnValue
  default Tensor frac_() { return Recorder.applyInPlace(Rounding.FRAC, self()); }

  /** {@link Tensor#sigmoid()} in place. */
  @CanIgnoreReturnValue
  default Tensor sigmoid_() { return Recorder.applyInPlace(Activations.SIGMOID, self()); }

  /** {@link Tensor#relu()} in place. */
  @CanIgnoreReturnValue
  default Tensor relu_() { return Recorder.applyInPlace(Activations.RELU, self()); }

  /** {@link Tensor#silu()} in place. */
  @CanIgnoreReturnValue
  default Tensor silu_() { return Recorder.applyInPlace(Activations.SILU, self()); }

  /** {@link Tensor#mish()} in place. */
  @CanIgnoreReturnValue
  default Tensor mish_() { return Recorder.applyInPlace(Activations.MISH, self()); }

  /** {@link Tensor#hardsigmoid()} in place. */
  @CanIgnoreReturnValue
  default Tensor hardsigmoid_() { return Recorder.applyInPlace(Activations.HARDSIGMOID, self()); }

  /** {@link Tensor#hardswish()} in place. */
  @CanIgnoreReturnValue
  default Tensor hardswish_() { return Recorder.applyInPlace(Activations.HARDSWISH, self()); }

  /** {@link Tensor#relu6()} in place. */
  @CanIgnoreReturnValue
  default Tensor relu6_() { return hardtanh_(0, 6); }

  /** {@link Tensor#hardtanh(double, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor hardtanh_(double min, double max) {
    double least = Numbers.fit("hardtanh_", min, !(min > max), "a minimum of at most " + max);
    return Recorder.applyInPlace(Activations.HARDTANH, self(), Numbers.within("hardtanh_", self(), least),
        Numbers.within("hardtanh_", self(), max));
  }

  /** {@link Tensor#leakyRelu(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor leakyRelu_(double negativeSlope) {
    return Recorder.applyInPlace(Activations.LEAKY_RELU_IN_PLACE, self(),
        Numbers.notNegative("leakyRelu_", self(), negativeSlope));
  }

  /** {@link Tensor#elu(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor elu_(double alpha) {
    return Recorder.applyInPlace(Activations.ELU_IN_PLACE, self(), Numbers.notNegative("elu_", self(), alpha),
        Numbers.beside(self(), 1.0));
  }

  /** {@link Tensor#selu()} in place. */
  @CanIgnoreReturnValue
  default Tensor selu_() {
    return Recorder.applyInPlace(Activations.ELU_IN_PLACE, self(), Numbers.beside(self(), Activations.SELU_ALPHA),
        Numbers.beside(self(), Activations.SELU_SCALE));
  }

  /** {@link Tensor#celu(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor celu_(double alpha) {
    return Recorder.applyInPlace(Activations.CELU_IN_PLACE, self(),
        Numbers.beside(self(), Numbers.fit("celu_", alpha, alpha != 0, "an alpha other than 0")));
  }

  /** {@link Tensor#threshold(double, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor threshold_(double threshold, double value) {
    return Recorder.applyInPlace(Activations.THRESHOLD_IN_PLACE, self(),
        Numbers.within("threshold_", self(), threshold), Numbers.within("threshold_", self(), value));
  }

  /** {@link Tensor#logit(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor logit_(double eps) {
    return Recorder.applyInPlace(Exponentials.LOGIT_WITHIN, self(), Numbers.beside(self(), eps));
  }

  /** {@link Tensor#nanToNum(double, double, double)} in place. */
  @CanIgnoreReturnValue
  default Tensor nanToNum_(double nan, double posInf, double negInf) {
    if (!self().isFloatingPoint()) return self();
    return Recorder.applyInPlace(Choices.NAN_TO_NUM, self(), Numbers.beside(self(), nan),
        Numbers.beside(self(), posInf), Numbers.beside(self(), negInf));
  }

  /** {@link Tensor#eq(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor eq_(Tensor other) { return Recorder.applyInPlace(Comparisons.EQ, self(), other); }

  /** {@link Tensor#eq(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor eq_(double other) {
    return Recorder.applyInPlace(Comparisons.EQ, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#eq(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor eq_(long other) {
    return Recorder.applyInPlace(Comparisons.EQ, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#ne(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor ne_(Tensor other) { return Recorder.applyInPlace(Comparisons.NE, self(), other); }

  /** {@link Tensor#ne(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor ne_(double other) {
    return Recorder.applyInPlace(Comparisons.NE, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#ne(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor ne_(long other) {
    return Recorder.applyInPlace(Comparisons.NE, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#lt(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor lt_(Tensor other) { return Recorder.applyInPlace(Comparisons.LT, self(), other); }

  /** {@link Tensor#lt(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor lt_(double other) {
    return Recorder.applyInPlace(Comparisons.LT, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#lt(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor lt_(long other) {
    return Recorder.applyInPlace(Comparisons.LT, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#le(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor le_(Tensor other) { return Recorder.applyInPlace(Comparisons.LE, self(), other); }

  /** {@link Tensor#le(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor le_(double other) {
    return Recorder.applyInPlace(Comparisons.LE, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#le(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor le_(long other) {
    return Recorder.applyInPlace(Comparisons.LE, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#gt(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor gt_(Tensor other) { return Recorder.applyInPlace(Comparisons.GT, self(), other); }

  /** {@link Tensor#gt(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor gt_(double other) {
    return Recorder.applyInPlace(Comparisons.GT, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#gt(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor gt_(long other) {
    return Recorder.applyInPlace(Comparisons.GT, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#ge(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor ge_(Tensor other) { return Recorder.applyInPlace(Comparisons.GE, self(), other); }

  /** {@link Tensor#ge(double)} in place. */
  @CanIgnoreReturnValue
  default Tensor ge_(double other) {
    return Recorder.applyInPlace(Comparisons.GE, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#ge(long)} in place. */
  @CanIgnoreReturnValue
  default Tensor ge_(long other) {
    return Recorder.applyInPlace(Comparisons.GE, self(), Numbers.beside(self(), other));
  }

  /** {@link Tensor#logicalAnd(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor logicalAnd_(Tensor other) { return Recorder.applyInPlace(Comparisons.LOGICAL_AND, self(), other); }

  /** {@link Tensor#logicalOr(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor logicalOr_(Tensor other) { return Recorder.applyInPlace(Comparisons.LOGICAL_OR, self(), other); }

  /** {@link Tensor#logicalXor(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor logicalXor_(Tensor other) { return Recorder.applyInPlace(Comparisons.LOGICAL_XOR, self(), other); }

  /** {@link Tensor#logicalNot()} in place. */
  @CanIgnoreReturnValue
  default Tensor logicalNot_() { return Recorder.applyInPlace(Comparisons.LOGICAL_NOT, self()); }

  /** {@link Tensor#bitwiseAnd(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor bitwiseAnd_(Tensor other) {
    return Recorder.applyInPlace(Bits.AND, Bits.checked("bitwiseAnd_", self()), Bits.checked("bitwiseAnd_", other));
  }

  /** {@link Tensor#bitwiseOr(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor bitwiseOr_(Tensor other) {
    return Recorder.applyInPlace(Bits.OR, Bits.checked("bitwiseOr_", self()), Bits.checked("bitwiseOr_", other));
  }

  /** {@link Tensor#bitwiseXor(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor bitwiseXor_(Tensor other) {
    return Recorder.applyInPlace(Bits.XOR, Bits.checked("bitwiseXor_", self()), Bits.checked("bitwiseXor_", other));
  }

  /** {@link Tensor#bitwiseLeftShift(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor bitwiseLeftShift_(Tensor other) {
    return Recorder.applyInPlace(Bits.SHIFT_LEFT, Bits.checked("bitwiseLeftShift_", self()),
        Bits.checked("bitwiseLeftShift_", other));
  }

  /** {@link Tensor#bitwiseRightShift(Tensor)} in place. */
  @CanIgnoreReturnValue
  default Tensor bitwiseRightShift_(Tensor other) {
    return Recorder.applyInPlace(Bits.SHIFT_RIGHT, Bits.checked("bitwiseRightShift_", self()),
        Bits.checked("bitwiseRightShift_", other));
  }

  /** {@link Tensor#bitwiseNot()} in place. */
  @CanIgnoreReturnValue
  default Tensor bitwiseNot_() { return Recorder.applyInPlace(Bits.NOT, Bits.checked("bitwiseNot_", self())); }
}
