package dev.flambeau.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.optim.lrscheduler.OneCycleLR;
import dev.flambeau.optim.lrscheduler.ReduceLROnPlateau;
import dev.flambeau.optim.lrscheduler.SequentialLR;
import dev.flambeau.optim.lrscheduler.StepLR;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private final Tensor p = Torch.ones(3).requiresGrad_();
  private final Tensor q = Torch.ones(2, 2).requiresGrad_();

  private void gradients() {
    p.grad(Torch.ones(3));
    q.grad(Torch.ones(2, 2));
  }

  @Test
  void optionsChain() {
    SGD sgd = new SGD(List.of(p), 1e-2).momentum(0.9).weightDecay(1e-4).nesterov(true).dampening(0).maximize(false);
    assertThat(sgd.defaults()).containsEntry("momentum", 0.9).containsEntry("nesterov", true);
    Adam adam = new Adam(List.of(p), 1e-3).betas(0.8, 0.99).eps(1e-7).weightDecay(0).amsgrad(true);
    assertThat(adam.paramGroups().getFirst().numbers("betas")).containsExactly(0.8, 0.99);
    AdamW adamW = new AdamW(List.of(p)).weightDecay(0.1).lr(0.2);
    assertThat(adamW.paramGroups().getFirst().number("lr")).isEqualTo(0.2);
    RMSprop rms = new RMSprop(List.of(p), 0.1).alpha(0.9).eps(1e-7).momentum(0.5).centered(true);
    Adagrad adagrad = new Adagrad(List.of(p), 0.1).lrDecay(0.1).initialAccumulatorValue(0.2).eps(1e-9);
    Adadelta adadelta = new Adadelta(List.of(p), 0.1).rho(0.8).eps(1e-5);
    LBFGS lbfgs = new LBFGS(List.of(p), 1).maxIter(8).toleranceGrad(1e-5).toleranceChange(1e-7).historySize(4)
        .lineSearch("strong_wolfe");
    assertThat(lbfgs.defaults()).containsEntry("max_eval", 10);
    for (Optimizer o : List.of(rms, adagrad, adadelta)) {
      gradients();
      o.step();
      assertThat(o.stateDict().keySet()).containsExactly("state", "param_groups");
    }
  }

  @Test
  void groupsHaveOptionsOfTheirOwn() {
    SGD sgd = new SGD(List.of(p), 0.1).momentum(0.5);
    ParamGroup group = sgd.addParamGroup(List.of(q)).lr(0.01).momentum(0);
    gradients();
    sgd.step();
    sgd.step();
    assertThat(p.toDoubleArray()[0]).isCloseTo(1 - 0.1 - 0.15, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(q.toDoubleArray()[0]).isCloseTo(1 - 0.02, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(group.params()).containsExactly(q);
    assertThatIllegalArgumentException().isThrownBy(() -> group.betas(0.9, 0.9))
        .withMessageContaining("SGD: there is no option betas");
    sgd.lr(0.7);
    assertThat(sgd.paramGroups()).allMatch(g -> g.number("lr") == 0.7);
  }

  /** PyTorch kept the number of steps as an integer before version 1.12. */
  @Test
  @SuppressWarnings("unchecked")
  void stepsMayBeAPlainNumber() {
    Adam adam = new Adam(List.of(p), 0.1);
    gradients();
    adam.step();
    Map<String, Object> state = adam.stateDict();
    ((Map<Object, Map<String, Object>>) state.get("state")).get(0).put("step", 5L);
    adam.loadStateDict(state);
    adam.step();
    assertThat(((Map<?, Map<?, ?>>) adam.stateDict().get("state")).get(0).get("step"))
        .isInstanceOfSatisfying(Tensor.class, step -> assertThat(step.item()).isEqualTo(6));
  }

  @Test
  void whatIsNoStateIsRefused() {
    Adam adam = new Adam(List.of(p), 0.1);
    for (Map<String, ?> other : List.of(Map.of("state", Map.of(), "param_groups", List.of(3)),
        Map.of("state", Map.of("x", 1), "param_groups", List.of(Map.of("params", List.of(0)))),
        Map.of("state", Map.of(), "param_groups", List.of(Map.of("params", List.of("a")))))) {
      assertThatIllegalArgumentException().isThrownBy(() -> adam.loadStateDict(other))
          .withMessageContaining("Adam: loadStateDict");
    }
  }

  @Test
  void parametersWithoutGradientAreLeftAlone() {
    Adam adam = new Adam(List.of(p, q), 0.1);
    q.grad(Torch.ones(2, 2));
    adam.step();
    assertThat(p.toFloatArray()).containsOnly(1);
    assertThat(p.version()).isZero();
    assertThat(q.toFloatArray()).doesNotContain(1);
    assertThat(((Map<?, ?>) adam.stateDict().get("state")).containsKey(1)).isTrue();
    assertThat(((Map<?, ?>) adam.stateDict().get("state")).containsKey(0)).isFalse();
  }

  @Test
  void gradientsAreForgottenOrZeroed() {
    SGD sgd = new SGD(List.of(p, q), 0.1);
    gradients();
    sgd.zeroGrad(false);
    assertThat(p.grad().toFloatArray()).containsOnly(0);
    sgd.zeroGrad();
    assertThat(p.grad()).isNull();
  }

  @Test
  void aClosureGivesTheLoss() {
    SGD sgd = new SGD(List.of(p), 0.5);
    Tensor loss = Torch.noGrad(() -> sgd.step(() -> {
      Tensor l = p.mul(p).sum();
      l.backward();
      return l;
    }));
    assertThat(loss.item()).isEqualTo(3);
    assertThat(p.toFloatArray()).containsOnly(0);
  }

  @Test
  void wrongParametersAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SGD(List.of())).withMessageContaining("there are none");
    assertThatIllegalArgumentException().isThrownBy(() -> new SGD(List.of(p.mul(2)))).withMessageContaining("leaves");
    assertThatIllegalArgumentException().isThrownBy(() -> new SGD(List.of(p, p))).withMessageContaining("twice");
    SGD sgd = new SGD(List.of(p));
    assertThatIllegalArgumentException().isThrownBy(() -> sgd.addParamGroup(List.of(q, p)))
        .withMessageContaining("twice");
    assertThat(sgd.paramGroups()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new LBFGS(List.of(p)).addParamGroup(List.of(q)))
        .withMessageContaining("groups");
    assertThatIllegalArgumentException().isThrownBy(() -> new LBFGS(List.of(p)).step())
        .withMessageContaining("closure");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SGD(List.of(p), -1))
        .withMessage("SGD: lr must be at least 0, but is -1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new SGD(List.of(p), Double.NaN)).withMessageContaining("lr");
    assertThatIllegalArgumentException().isThrownBy(() -> new Adam(List.of(p)).betas(1, 0.9))
        .withMessageContaining("[0, 1)");
    assertThatIllegalArgumentException().isThrownBy(() -> new Adadelta(List.of(p)).rho(1.1))
        .withMessageContaining("at most 1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Adam(List.of(p)).set("momentum", 0.1))
        .withMessageContaining("no option");
    assertThatIllegalArgumentException().isThrownBy(() -> new Adam(List.of(p)).set("amsgrad", 1))
        .withMessageContaining("kind");
    assertThatIllegalArgumentException().isThrownBy(() -> new LBFGS(List.of(p)).lineSearch("armijo"))
        .withMessageContaining("strong_wolfe");
    gradients();
    SGD nesterov = new SGD(List.of(p)).nesterov(true);
    assertThatIllegalArgumentException().isThrownBy(nesterov::step).withMessageContaining("nesterov needs momentum");
    assertThat(p.toFloatArray()).containsOnly(1);
  }

  @Test
  void loadsWhatPyTorchSaves() {
    Map<String, Object> buffers = new HashMap<>(Map.of("momentum_buffer", Torch.full(2.0, 3)));
    Map<String, Object> options =
        new HashMap<>(Map.of("lr", 0.25, "momentum", 0.5, "dampening", 0, "weight_decay", 0L, "nesterov",
            false, "maximize", false, "differentiable", false, "initial_lr", 0.5, "params", List.of(0L)));
    options.put("foreach", null);
    SGD sgd = new SGD(List.of(p), 0.1);
    sgd.loadStateDict(Map.of("state", Map.of(0L, buffers), "param_groups", List.of(options)));
    gradients();
    sgd.step();
    assertThat(p.toFloatArray()).containsOnly(0.5f);
    assertThat(sgd.paramGroups().getFirst().number("initial_lr")).isEqualTo(0.5);
    Adam adam = new Adam(List.of(p));
    Map<String, Object> tuple = new HashMap<>(Map.of("betas", new Object[] {0.5, 0.75}, "params", List.of(0)));
    adam.loadStateDict(Map.of("state", Map.of(), "param_groups", List.of(tuple)));
    assertThat(adam.paramGroups().getFirst().numbers("betas")).containsExactly(0.5, 0.75);
  }

  @Test
  void whatDoesNotFitIsNotLoaded() {
    Adam from = new Adam(List.of(p, q), 0.3);
    gradients();
    from.step();
    Map<String, Object> saved = from.stateDict();
    Tensor other = Torch.ones(4).requiresGrad_();
    Adam wrongShape = new Adam(List.of(other, q), 0.1);
    assertThatIllegalArgumentException().isThrownBy(() -> wrongShape.loadStateDict(saved))
        .withMessageContaining("shape");
    assertThat(wrongShape.paramGroups().getFirst().number("lr")).isEqualTo(0.1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Adam(List.of(p)).loadStateDict(saved))
        .withMessageContaining("parameters");
    Adam twoGroups = new Adam(List.of(p));
    twoGroups.addParamGroup(List.of(q));
    assertThatIllegalArgumentException().isThrownBy(() -> twoGroups.loadStateDict(saved))
        .withMessageContaining("groups");
    assertThatIllegalArgumentException().isThrownBy(() -> from.loadStateDict(Map.of()))
        .withMessageContaining("param_groups");
  }

  @Test
  void loadedStateIsACopy() {
    SGD from = new SGD(List.of(p), 0.1).momentum(0.9);
    gradients();
    from.step();
    Tensor p2 = Torch.ones(3).requiresGrad_();
    SGD to = new SGD(List.of(p2), 0.1);
    to.loadStateDict(from.stateDict());
    from.step();
    Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) to.stateDict().get("state")).get(0);
    assertThat(((Tensor) state.get("momentum_buffer")).toFloatArray()).containsOnly(1);
  }

  @Test
  void anotherRuleIsALambda() {
    Optimizer signs = new Optimizer(List.of(p), new LinkedHashMap<>(Map.of("lr", 0.25))) {
      @Override
      protected Update update(ParamGroup group) {
        return (parameter, gradient, state) -> Torch.noGrad(() -> parameter.sub_(gradient.sign(), group.number("lr")));
      }
    };
    gradients();
    signs.step();
    assertThat(p.toFloatArray()).containsOnly(0.75f);
  }

  @Test
  void schedulersRefuseWhatDoesNotFit() {
    SGD sgd = new SGD(List.of(p), 0.1);
    SGD other = new SGD(List.of(q), 0.1);
    assertThatIllegalArgumentException().isThrownBy(() -> new StepLR(sgd, 0)).withMessageContaining("StepLR");
    StepLR one = new StepLR(sgd, 3);
    StepLR two = new StepLR(other, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> new SequentialLR(sgd, List.of(one, two), List.of(1)))
        .withMessageContaining("one optimizer");
    assertThatIllegalArgumentException().isThrownBy(() -> new SequentialLR(sgd, List.of(one), List.of(1)))
        .withMessageContaining("0 milestones");
    assertThatIllegalArgumentException().isThrownBy(() -> new OneCycleLR(new Adagrad(List.of(p)), 0.1, 5))
        .withMessageContaining("momentum");
    assertThatThrownBy(() -> new ReduceLROnPlateau(sgd).step()).isInstanceOf(UnsupportedOperationException.class);
    OneCycleLR cycle = new OneCycleLR(other, 0.1, 2);
    cycle.step();
    assertThatThrownBy(() -> cycle.pctStart(0.5)).isInstanceOf(IllegalStateException.class);
    cycle.step();
    assertThatIllegalArgumentException().isThrownBy(cycle::step).withMessageContaining("at most 2");
    assertThatIllegalArgumentException().isThrownBy(() -> one.loadStateDict(Map.of()))
        .withMessageContaining("_last_lr");
  }

  @Test
  void loopsAreSharedByManyParameters() {
    List<Tensor> many = new ArrayList<>();
    for (int i = 1; i < 40; i++) many.add(Torch.ones(i).requiresGrad_());
    for (Tensor each : many) each.grad(Torch.ones(each.numel()));
    new AdamW(many).weightDecay(0).lr(0.5).step();
    assertThat(many).allMatch(each -> Arrays.equals(each.toFloatArray(), Torch.full(0.5, each.numel()).toFloatArray()));
  }
}
