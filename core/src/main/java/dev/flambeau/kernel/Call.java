package dev.flambeau.kernel;

/** Functions that a loop calls, by class and name; all of a kind to the same kind. */
enum Call {
  EXP("java.lang.Math", "exp"), EXPM1("java.lang.Math", "expm1"), LOG("java.lang.Math", "log"),
  LOG10("java.lang.Math", "log10"),
  LOG1P("java.lang.Math", "log1p"), SIN("java.lang.Math", "sin"), COS("java.lang.Math", "cos"),
  TAN("java.lang.Math", "tan"),
  ASIN("java.lang.Math", "asin"), ACOS("java.lang.Math", "acos"), ATAN("java.lang.Math", "atan"),
  SINH("java.lang.Math", "sinh"),
  COSH("java.lang.Math", "cosh"), TANH("java.lang.Math", "tanh"), ATAN2("java.lang.Math", "atan2"),
  FLOOR_MOD("java.lang.Math", "floorMod"), FLOOR_DIV("java.lang.Math", "floorDiv"),
  EXP2(Call.SPECIAL, "exp2"), LOG2(Call.SPECIAL, "log2"), ASINH(Call.SPECIAL, "asinh"), ACOSH(Call.SPECIAL, "acosh"),
  ATANH(Call.SPECIAL, "atanh"), ERF(Call.SPECIAL, "erf"), ERFC(Call.SPECIAL, "erfc"), ERFINV(Call.SPECIAL, "erfinv"),
  LGAMMA(Call.SPECIAL, "lgamma"), DIGAMMA(Call.SPECIAL, "digamma"), POLYGAMMA(Call.SPECIAL, "polygamma"),
  SIGMOID(Call.SPECIAL, "sigmoid"), POW(Call.SPECIAL, "pow"),
  REM(Call.SPECIAL, "remainder"), REAL_FLOOR_DIV(Call.SPECIAL, "floorDiv"),
  INTEGER_POW("dev.flambeau.kernel.Integers", "power");

  private static final String SPECIAL = "dev.flambeau.scalar.SpecialFunctions";

  final String owner;
  final String method;

  Call(String owner, String method) {
    this.owner = owner;
    this.method = method;
  }
}
