package dev.flambeau.catalogue;

import dev.flambeau.Tensor;

/** Operations in place: on a clone of the first input, or on a view of the clone. */
final class InPlaceRows {
  private InPlaceRows() {}

  static void add(Catalogue c) {
    c.row("neg_", x -> x[0].clone().neg_());
    c.row("abs_", x -> x[0].clone().abs_());
    c.row("exp_", x -> x[0].clone().exp_());
    c.row("expm1_", x -> x[0].clone().expm1_());
    c.row("sin_", x -> x[0].clone().sin_());
    c.row("cos_", x -> x[0].clone().cos_());
    c.row("tanh_", x -> x[0].clone().tanh_());
    c.row("sigmoid_", x -> x[0].clone().sigmoid_());
    c.row("square_", x -> x[0].clone().square_());
    c.row("relu_", x -> x[0].clone().relu_());
    c.row("floor_", x -> x[0].clone().floor_());
    c.row("ceil_", x -> x[0].clone().ceil_());
    c.row("round_", x -> x[0].clone().round_());
    c.row("trunc_", x -> x[0].clone().trunc_());
    c.row("frac_", x -> x[0].clone().frac_());
    c.row("sign_", x -> x[0].clone().sign_());
    c.row("erf_", x -> x[0].clone().erf_());
    c.row("sqrt_", x -> x[0].clone().sqrt_());
    c.row("rsqrt_", x -> x[0].clone().rsqrt_());
    c.row("log_", x -> x[0].clone().log_());
    c.row("log2_", x -> x[0].clone().log2_());
    c.row("log1p_", x -> x[0].clone().log1p_());
    c.row("reciprocal_", x -> x[0].clone().reciprocal_());
    c.row("lgamma_", x -> x[0].clone().lgamma_());
    c.row("silu_", x -> x[0].clone().silu_());
    c.row("add_", x -> x[0].clone().add_(x[1]));
    c.row("sub_", x -> x[0].clone().sub_(x[1]));
    c.row("mul_", x -> x[0].clone().mul_(x[1]));
    c.row("div_", x -> x[0].clone().div_(x[1]));
    c.row("pow_", x -> x[0].clone().pow_(x[1]));
    c.row("atan2_", x -> x[0].clone().atan2_(x[1]));
    c.row("add_.alpha2", x -> x[0].clone().add_(x[1], 2));
    c.row("add_.number2.5", x -> x[0].clone().add_(2.5));
    c.row("sub_.number1", x -> x[0].clone().sub_(1));
    c.row("mul_.number-1.5", x -> x[0].clone().mul_(-1.5));
    c.row("div_.number4", x -> x[0].clone().div_(4));
    c.row("pow_.number3", x -> x[0].clone().pow_(3));
    c.row("pow_.number0.5", x -> x[0].clone().pow_(0.5));
    c.row("remainder_.number1.5", x -> x[0].clone().remainder_(1.5));
    c.row("leakyRelu_.0.2", x -> x[0].clone().leakyRelu_(0.2));
    c.row("elu_", x -> x[0].clone().elu_(1));
    c.row("hardtanh_", x -> x[0].clone().hardtanh_(-1, 1));
    c.row("clamp_.min-0.5.max0.5", x -> x[0].clone().clamp_(-0.5, 0.5));
    c.row("clampMin_.number0.3", x -> x[0].clone().clampMin_(0.3));
    c.row("clampMax_.number0.3", x -> x[0].clone().clampMax_(0.3));
    c.row("addcmul_", x -> x[0].clone().addcmul_(x[1], x[2]));
    c.row("addcmul_.value0.5", x -> x[0].clone().addcmul_(x[1], x[2], 0.5));
    c.row("addcdiv_.value-2", x -> x[0].clone().addcdiv_(x[1], x[2], -2));
    c.row("lerp_.number0.3", x -> x[0].clone().lerp_(x[1], 0.3));
    c.row("lerp_", x -> x[0].clone().lerp_(x[1], x[2]));
    c.row("fill_.number2.5", x -> x[0].clone().fill_(2.5));
    c.row("fill_", x -> x[0].clone().fill_(x[1]));
    c.row("zero_", x -> x[0].clone().zero_());
    c.row("copy_", x -> x[0].clone().copy_(x[1]));
    c.row("addmm_", x -> x[0].clone().addmm_(x[1], x[2]));
    c.row("cumsum_.dim0", x -> x[0].clone().cumsum_(0));
    c.rows("view.select.mul_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.select(0, 1);
      v.mul_(3);
      return new Tensor[] {a, v};
    });
    c.rows("view.select.copy_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.select(0, 1);
      v.copy_(x[1]);
      return new Tensor[] {a, v};
    });
    c.rows("view.slice.add_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.slice(0, 1, 3);
      v.add_(x[1]);
      return new Tensor[] {a, v};
    });
    c.rows("view.slice.zero_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.slice(0, 1, 3);
      v.zero_();
      return new Tensor[] {a, v};
    });
    c.rows("view.slice.sigmoid_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.slice(0, 1, 3);
      v.sigmoid_();
      return new Tensor[] {a, v};
    });
    c.rows("view.t.exp_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.t();
      v.exp_();
      return new Tensor[] {a, v};
    });
    c.rows("view.reshape.mul_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.view(-1);
      v.mul_(x[1]);
      return new Tensor[] {a, v};
    });
    c.rows("view.diagonal.fill_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.diagonal();
      v.fill_(x[1]);
      return new Tensor[] {a, v};
    });
    c.rows("view.diagonal.mul_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.diagonal();
      v.mul_(2);
      return new Tensor[] {a, v};
    });
    c.rows("view.chain.div_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.t().select(0, 1).slice(0, 0, 2);
      v.div_(x[1]);
      return new Tensor[] {a, v};
    });
    c.rows("view.unsqueeze.pow_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.unsqueeze(1);
      v.pow_(2);
      return new Tensor[] {a, v};
    });
    c.rows("view.narrow.tanh_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.narrow(1, 1, 2);
      v.tanh_();
      return new Tensor[] {a, v};
    });
    c.rows("view.permute.lerp_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.permute(2, 0, 1);
      v.lerp_(x[1], 0.5);
      return new Tensor[] {a, v};
    });
    c.rows("view.base.mul_", x -> {
      Tensor a = x[0].clone();
      Tensor v = a.select(0, 1);
      a.mul_(2);
      return new Tensor[] {v, a};
    });
    c.rows("view.sibling.add_", x -> {
      Tensor a = x[0].clone();
      Tensor sibling = a.t();
      a.select(0, 1).add_(x[1]);
      return new Tensor[] {sibling, a};
    });
    c.row("view.twice", x -> {
      Tensor a = x[0].clone();
      a.select(0, 0).mul_(x[1]);
      a.select(0, 1).add_(a.select(0, 0));
      return a;
    });
    c.row("view.then.use", x -> {
      Tensor a = x[0].clone();
      Tensor y = a.add(1);
      a.select(0, 0).mul_(2);
      return y.mul(a);
    });
  }
}
