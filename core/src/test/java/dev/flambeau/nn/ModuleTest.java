package dev.flambeau.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.DType;
import dev.flambeau.HookHandle;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to a module, its state, its modes and its hooks. */
final class ModuleTest {
  /** Fields of all kinds, private too. */
  private static class Net extends Module {
    private final Linear first = new Linear(2, 3);
    final transient Linear notMine = new Linear(1, 1);
    protected Tensor scale = parameter(Torch.ones(3));
    @Buffer
    private final Tensor runningCount = Torch.zeros(1);
    @Buffer(persistent = false)
    private final Tensor scratch = Torch.zeros(2);
    @Nullable Module head = new Linear(3, 1, false);

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = first.apply(x).mul(scale);
      return head == null ? y : head.apply(y);
    }
  }

  @Test
  void anActionMeetsLayersInTheOrderOfPyTorch() {
    ReLU twice = new ReLU();
    Sequential net = new Sequential(new Sequential(new Linear(1, 1), twice), new Tanh(), twice, twice);
    List<String> met = new ArrayList<>();
    net.apply((Module module) -> {
      met.add(module.name());
    });
    assertThat(met).containsExactly("Linear", "ReLU", "Sequential", "Tanh", "ReLU", "Sequential");
    assertThat(net.children()).hasSize(3);
    assertThat(net.namedChildren()).hasSize(4);
  }

  @Test
  void numbersOfPlacesStayIntegers() {
    Module places = new Module() {
      final Tensor order = Torch.arange(3);
    };
    assertThat(places.to(DType.FLOAT64).parameters().getFirst().dtype()).isEqualTo(DType.INT64);
  }

  private static final class Below extends Net {
    final Linear last = new Linear(1, 1);
  }

  /** Keeps what it computed. */
  private static final class Remembering extends Module {
    Tensor weight = parameter(Torch.ones(2));
    @Nullable Tensor last;

    @Override
    public Tensor forward(Tensor x) {
      last = x.mul(weight);
      return last;
    }
  }

  @Test
  void aResultKeptInAFieldIsNoParameter() {
    Remembering module = new Remembering();
    assertThat(module.apply(Torch.ones(2)).requiresGrad()).isTrue();
    assertThat(module.namedParameters().keySet()).containsExactly("weight");
    assertThat(module.stateDict().keySet()).containsExactly("weight");
  }

  @Test
  void aNameOfAFieldCannotBeRegistered() {
    Remembering module = new Remembering();
    assertThatIllegalArgumentException().isThrownBy(() -> module.register("weight", Torch.ones(2)))
        .withMessageContaining("weight");
    assertThat(module.register("other", Torch.ones(2)).requiresGrad()).isTrue();
  }

  @Test
  void fieldsAreFoundInTheOrderDeclaredSuperclassesFirst() {
    Below net = new Below();
    assertThat(net.namedParameters().keySet()).containsExactly("scale", "first.weight", "first.bias", "head.weight",
        "last.weight", "last.bias");
    assertThat(net.namedBuffers().keySet()).containsExactly("running_count", "scratch");
    assertThat(net.stateDict().keySet()).containsExactly("scale", "running_count", "first.weight", "first.bias",
        "head.weight", "last.weight", "last.bias");
    assertThat(net.children()).containsExactly(net.namedChildren().values().toArray(Module[]::new)).hasSize(3);
    assertThat(net.namedModules().keySet()).containsExactly("", "first", "head", "last");
  }

  @Test
  void aFieldCanBeReplacedOrCleared() {
    Net net = new Net();
    net.head = new Sequential(new Linear(3, 2), new ReLU());
    assertThat(net.namedParameters()).containsKeys("head.0.weight", "head.0.bias");
    net.head = null;
    assertThat(net.namedParameters().keySet()).containsExactly("scale", "first.weight", "first.bias");
  }

  @Test
  void whatIsRegisteredBelongsToIt() {
    Net net = new Net();
    Tensor extra = net.register("extra", Torch.zeros(2));
    Linear child = net.register("child", new Linear(1, 1, false));
    Tensor buffer = net.registerBuffer("mask", Torch.ones(2));
    assertThat(extra.requiresGrad()).isTrue();
    assertThat(net.namedParameters().get("extra")).isSameAs(extra);
    assertThat(net.namedParameters().get("child.weight")).isSameAs(child.weight);
    assertThat(net.namedBuffers().get("mask")).isSameAs(buffer);
    assertThatIllegalArgumentException().isThrownBy(() -> net.register("a.b", Torch.zeros(1)))
        .withMessageContaining("a.b");
  }

  @Test
  void aSharedLayerCountsOnceAndHasAllItsNamesInTheState() {
    Linear layer = new Linear(2, 2);
    Sequential net = new Sequential(layer, new ReLU(), layer);
    assertThat(net.parameters()).containsExactly(layer.weight, layer.bias);
    assertThat(net.stateDict().keySet()).containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(net.apply(Torch.ones(1, 2)).requiresGrad()).isTrue();
  }

  @Test
  void tiedWeightsAreOneParameter() {
    Linear encoder = new Linear(3, 3, false), decoder = new Linear(3, 3, false);
    decoder.weight = encoder.weight;
    assertThat(new Sequential(encoder, decoder).parameters()).containsExactly(encoder.weight);
  }

  @Test
  void collectionsOfLayersAreRefused() {
    Module net = new Module() {
      final List<Linear> layers = List.of(new Linear(1, 1));
    };
    assertThatThrownBy(net::parameters).isInstanceOf(IllegalStateException.class).hasMessageContaining("layers")
        .hasMessageContaining("ModuleList");
  }

  @Test
  void aPackageThatIsNotOpenIsToldHowToOpen(@TempDir Path folder) throws IOException, ReflectiveOperationException {
    ClassDesc module = ClassDesc.of("dev.flambeau.nn.Module");
    MethodTypeDesc nothing = MethodTypeDesc.of(ConstantDescs.CD_void);
    Files.createDirectories(folder.resolve("closed/nets"));
    ClassFile.of().buildTo(folder.resolve("closed/nets/Net.class"), ClassDesc.of("closed.nets.Net"),
        c -> c.withFlags(ClassFile.ACC_PUBLIC).withSuperclass(module)
            .withField("weight", ClassDesc.of("dev.flambeau.Tensor"), ClassFile.ACC_PRIVATE)
            .withMethodBody(ConstantDescs.INIT_NAME, nothing, ClassFile.ACC_PUBLIC,
                code -> code.aload(0).invokespecial(module, ConstantDescs.INIT_NAME, nothing).return_()));
    ClassFile.of().buildModuleTo(folder.resolve("module-info.class"), ModuleAttribute.of(ModuleDesc.of("closed"),
        m -> m.requires(ModuleDesc.of("java.base"), 0, null).exports(PackageDesc.of("closed.nets"), 0)));
    ModuleLayer.Controller layer = ModuleLayer.defineModulesWithOneLoader(ModuleLayer.boot().configuration()
        .resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of("closed")), List.of(ModuleLayer.boot()),
        ModuleTest.class.getClassLoader());
    layer.addReads(layer.layer().findModule("closed").orElseThrow(), Module.class.getModule());
    Class<?> type = layer.layer().findLoader("closed").loadClass("closed.nets.Net");
    Module net = (Module) type.getConstructor().newInstance();
    assertThatThrownBy(net::parameters).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("opens closed.nets to dev.flambeau;");
  }

  @Test
  void aModuleWithoutForwardSaysSo() {
    assertThatThrownBy(() -> new ModuleDict().apply(Torch.ones(1)))
        .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("ModuleDict");
  }

  @Test
  void stateGoesFromOneNetworkToAnother() {
    Net from = new Net(), to = new Net();
    Tensor x = Torch.ones(1, 2);
    assertThat(to.loadStateDict(from.stateDict()).isEmpty()).isTrue();
    assertThat(to.apply(x).toFloatArray()).isEqualTo(from.apply(x).toFloatArray());
    assertThat(to.scale.isLeaf() && to.scale.requiresGrad()).isTrue();
  }

  @Test
  void aStateThatDoesNotFitChangesNothing() {
    Net net = new Net();
    float[] before = net.scale.toFloatArray();
    Map<String, Tensor> state = new LinkedHashMap<>(new Net().stateDict());
    state.put("scale", Torch.full(7.0, 3));
    state.put("first.weight", Torch.zeros(3, 9));
    state.put("more", Torch.zeros(1));
    state.remove("head.weight");
    assertThatIllegalArgumentException().isThrownBy(() -> net.loadStateDict(state)).withMessageContaining("head.weight")
        .withMessageContaining("more").withMessageContaining("[3, 9]").withMessageContaining("[3, 2]");
    assertThatIllegalArgumentException().isThrownBy(() -> net.loadStateDict(state, false))
        .withMessageContaining("[3, 9]");
    assertThat(net.scale.toFloatArray()).isEqualTo(before);
    state.remove("first.weight");
    IncompatibleKeys keys = net.loadStateDict(state, false);
    assertThat(keys.missing()).containsExactly("first.weight", "head.weight");
    assertThat(keys.unexpected()).containsExactly("more");
    assertThat(net.scale.toFloatArray()).containsExactly(7, 7, 7);
  }

  @Test
  void convertsRealNumbersInTheirPlace() {
    Sequential net = new Sequential(new Linear(2, 2), new BatchNorm1d(2));
    List<Tensor> before = net.parameters();
    net.apply(Torch.randn(3, 2)).sum().backward();
    net.to(DType.FLOAT64);
    assertThat(net.parameters()).containsExactlyElementsOf(before);
    assertThat(before).allSatisfy(p -> {
      assertThat(p.dtype()).isEqualTo(DType.FLOAT64);
      assertThat(Objects.requireNonNull(p.grad()).dtype()).isEqualTo(DType.FLOAT64);
    });
    assertThat(net.namedBuffers().get("1.num_batches_tracked").dtype()).isEqualTo(DType.INT64);
    assertThat(net.apply(Torch.randn(DType.FLOAT64, 3, 2)).dtype()).isEqualTo(DType.FLOAT64);
    assertThatIllegalArgumentException().isThrownBy(() -> net.to(DType.INT64));
  }

  @Test
  void frozenLayersGetNoGradients() {
    Net net = new Net();
    net.freeze();
    net.head = new Linear(3, 1);
    net.apply(Torch.ones(1, 2)).sum().backward();
    assertThat(net.first.weight.grad()).isNull();
    assertThat(((Linear) net.head).weight.grad()).isNotNull();
    net.zeroGrad();
    assertThat(((Linear) net.head).weight.grad()).isNull();
  }

  @Test
  void modesReachAllLayers() {
    Sequential net = new Sequential(new Dropout(), new Sequential(new Dropout()));
    assertThat(net.modules()).allMatch(Module::isTraining);
    assertThat(net.eval()).isSameAs(net);
    assertThat(net.modules()).noneMatch(Module::isTraining);
    assertThat(net.train().modules()).allMatch(Module::isTraining);
  }

  @Test
  void anActionReachesLayersBeforeWhatHoldsThem() {
    List<String> order = new ArrayList<>();
    new Sequential(new Linear(1, 1), new ReLU()).apply(m -> order.add(m.name()));
    assertThat(order).last().isEqualTo("Sequential");
    assertThat(order).hasSize(3);
  }

  @Test
  void hooksRunAsInPyTorch() throws IOException {
    List<String> log = new ArrayList<>();
    for (boolean wanted : new boolean[] {true, false}) {
      log.add("input " + (wanted ? "wants" : "without") + " gradient");
      Tensor input = Torch.tensor(new double[][] {{0.5, -1}}).requiresGrad_(wanted);
      network(log).apply(input).sum().backward();
    }
    log.add("changing");
    Sequential net = network(log);
    Sequential inner = (Sequential) net.get(1);
    net.get(0).registerForwardPreHook((_, x, _) -> new Tensor[] {given(x).mul(2)});
    inner.registerForwardHook((_, y, _) -> new Tensor[] {given(y).add(1)});
    inner.get(1).registerFullBackwardPreHook((_, g, _) -> new Tensor[] {given(g).mul(3)});
    inner.get(0).registerFullBackwardHook((_, g, _) -> new Tensor[] {given(g).mul(5)});
    Tensor x = Torch.tensor(new double[][] {{0.5, -1}}).requiresGrad_();
    Tensor y = net.apply(x);
    y.sum().backward();
    log.add("y " + shown(y));
    log.add("x " + shown(x.grad()));
    net.namedParameters().forEach((name, p) -> log.add(name + " " + shown(p.grad())));
    try (InputStream in = Objects.requireNonNull(ModuleTest.class.getResourceAsStream("/golden/hooks.txt"))) {
      assertThat(log).containsExactlyElementsOf(new String(in.readAllBytes(), UTF_8).lines().toList());
    }
  }

  private static Tensor given(@Nullable Tensor[] x) { return Objects.requireNonNull(x[0]); }

  private static Sequential network(List<String> log) {
    Torch.manualSeed(5);
    Sequential net = new Sequential(new Linear(2, 3), new Sequential(new Tanh(), new Linear(3, 2)));
    net.namedModules().forEach((path, module) -> {
      String name = path.isEmpty() ? "net" : path;
      module.registerForwardPreHook((_, x, _) -> noted(log, "before " + name + " " + shown(x)));
      module.registerForwardHook((_, y, x) -> noted(log, "after " + name + " " + shown(y) + " " + shown(x)));
      module.registerFullBackwardPreHook((_, g, _) -> noted(log, "backwardBefore " + name + " " + shown(g)));
      module.registerFullBackwardHook(
          (_, in, out) -> noted(log, "backwardAfter " + name + " " + shown(in) + " " + shown(out)));
    });
    return net;
  }

  private static @Nullable Tensor @Nullable [] noted(List<String> log, String line) {
    log.add(line);
    return null;
  }

  private static String shown(@Nullable Tensor... all) {
    return Arrays.stream(all).map(x -> x == null ? "None" : Arrays.stream(x.toDoubleArray())
        .mapToObj(v -> String.format(Locale.ROOT, "%.4f", v)).collect(Collectors.joining(" ", "[", "]")))
        .collect(Collectors.joining(","));
  }

  @Test
  void aRemovedHookIsCalledNoMore() {
    List<String> log = new ArrayList<>();
    Linear layer = new Linear(1, 1);
    ModuleHook hook = (_, _, _) -> noted(log, "called");
    HookHandle first = layer.registerForwardHook(hook);
    HookHandle second = layer.registerForwardHook(hook);
    second.remove();
    Tensor y = layer.apply(Torch.ones(1, 1));
    first.remove();
    assertThat(layer.apply(Torch.ones(1, 1)).toFloatArray()).isEqualTo(y.toFloatArray());
    assertThat(log).containsExactly("called");
  }

  @Test
  void listsAndSequencesGiveTheirLayersByNumber() {
    Sequential net = new Sequential(new Linear(1, 2), new ReLU());
    assertThat(net.get(-1)).isInstanceOf(ReLU.class);
    net.set(1, new Tanh());
    assertThat(net.get(1)).isInstanceOf(Tanh.class);
    assertThatThrownBy(() -> net.get(2)).isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("2");
    ModuleList<Linear> list = ModuleList.of(3, i -> new Linear(i + 1, 1));
    assertThat(list.get(2).inFeatures).isEqualTo(3);
    assertThat(list.namedParameters()).containsKey("2.weight");
    ParameterList parameters = new ParameterList(Torch.zeros(1)).append(list.get(0).weight);
    assertThat(parameters).containsExactlyElementsOf(parameters.parameters());
    assertThat(parameters.get(-1)).isSameAs(list.get(0).weight);
    ModuleDict dict = new ModuleDict(Map.of("a", net));
    assertThat(dict.get("a")).isSameAs(net);
    assertThatIllegalArgumentException().isThrownBy(() -> dict.get("b")).withMessageContaining("[a]");
  }

  @Test
  void aStateWithoutATensorLacksIt() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("weight", null);
    assertThat(new Linear(2, 1, false).loadStateDict(state, false).missing()).containsExactly("weight");
  }
}
