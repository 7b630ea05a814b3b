package dev.flambeau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever is put in: a result, or an exception of the promised kind, and nothing changed. */
final class BadInputPropertyTest {
  /** One call with arguments at random, sensible or not. */
  interface Call {
    Object on(Tensor x, Arguments a);
  }

  /** Arguments at random. */
  private static final class Arguments {
    final Random random;

    Arguments(Random random) {
      this.random = random;
    }

    int dim() { return random.nextInt(9) - 4; }

    long size() {
      return random.nextInt(12) == 0 ? Long.MAX_VALUE - random.nextInt(3) : random.nextInt(20) == 0 ? 1L << 31
          : random.nextInt(10) - 3;
    }

    int[] dims() { return random.ints(random.nextInt(4), -4, 5).toArray(); }

    long[] sizes() {
      long[] sizes = new long[random.nextInt(4)];
      for (int i = 0; i < sizes.length; i++) sizes[i] = size();
      return sizes;
    }

    Tensor tensor() {
      long[] shape = random.longs(random.nextInt(4), 0, 4).toArray();
      DType dtype = DType.values()[random.nextInt(6)];
      Tensor x = Torch.randint(-2, 4, shape).to(dtype);
      if (x.dim() > 1 && random.nextInt(3) == 0) x = x.transpose(0, 1);
      return dtype.isFloatingPoint() && random.nextBoolean() ? x.requiresGrad_() : x;
    }

    double number() {
      return switch (random.nextInt(6)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2 -> 0;
        default -> random.nextGaussian() * 3;
      };
    }
  }

  static final List<Call> CALLS = List.of(
      (x, a) -> x.add(a.tensor()), (x, a) -> x.mul(a.tensor()), (x, a) -> x.div(a.tensor()),
      (x, a) -> x.pow(a.tensor()), (x, a) -> x.sub(a.number()),
      (x, a) -> x.floorDivide(a.tensor()), (x, a) -> x.remainder(a.tensor()), (x, a) -> x.fmod(a.tensor()),
      (x, a) -> x.maximum(a.tensor()),
      (x, a) -> x.atan2(a.tensor()), (x, a) -> x.bitwiseAnd(a.tensor()), (x, a) -> x.logicalXor(a.tensor()),
      (x, a) -> x.lerp(a.tensor(), a.tensor()),
      (x, a) -> x.addcmul(a.tensor(), a.tensor()), (x, a) -> x.where(a.tensor(), a.tensor()),
      (x, a) -> x.clamp(a.number(), a.number()), (x, _) -> x.exp(),
      (x, _) -> x.sigmoid(), (x, _) -> x.gelu(), (x, _) -> x.neg(), (x, _) -> x.lgamma(), (x, a) -> x.pow(a.number()),
      (x, a) -> x.pow(a.random.nextInt(7) - 3),
      (x, a) -> x.sum(a.dims()), (x, a) -> x.mean(a.dims()), (x, a) -> x.prod(a.dim()), (x, a) -> x.var(a.dims()),
      (x, a) -> x.max(a.dim()), (x, _) -> x.min(),
      (x, a) -> x.amax(a.dims()), (x, a) -> x.argmax(a.dim()), (x, a) -> x.cumsum(a.dim()),
      (x, a) -> x.cumprod(a.dim()), (x, a) -> x.logsumexp(a.dim()),
      (x, a) -> x.norm(a.number()), (x, a) -> x.softmax(a.dim()), (x, a) -> x.logSoftmax(a.dim()),
      (x, a) -> x.any(a.dims()), (x, a) -> x.matmul(a.tensor()),
      (x, a) -> x.mm(a.tensor()), (x, a) -> x.bmm(a.tensor()), (x, a) -> x.mv(a.tensor()), (x, a) -> x.dot(a.tensor()),
      (x, a) -> x.outer(a.tensor()),
      (x, a) -> x.addmm(a.tensor(), a.tensor()), (x, a) -> Torch.einsum("ij,jk->ik", x, a.tensor()),
      (x, a) -> Torch.einsum("...i,i->...", x, a.tensor()),
      (x, a) -> x.view(a.sizes()), (x, a) -> x.reshape(a.sizes()), (x, a) -> x.permute(a.dims()),
      (x, a) -> x.transpose(a.dim(), a.dim()), (x, _) -> x.t(),
      (x, a) -> x.expand(a.sizes()), (x, a) -> x.squeeze(a.dim()), (x, a) -> x.unsqueeze(a.dim()),
      (x, a) -> x.narrow(a.dim(), a.size(), a.size()),
      (x, a) -> x.select(a.dim(), a.size()), (x, a) -> x.slice(a.dim(), a.size(), a.size(), a.size()),
      (x, a) -> x.diagonal(a.size(), a.dim(), a.dim()),
      (x, a) -> x.unfold(a.dim(), a.size(), a.size()), (x, a) -> x.asStrided(a.sizes(), a.sizes(), a.size()),
      (x, a) -> x.split(a.size(), a.dim()),
      (x, a) -> x.chunk((int) a.size(), a.dim()), (x, a) -> x.unbind(a.dim()), (x, a) -> x.flatten(a.dim(), a.dim()),
      (x, a) -> x.movedim(a.dim(), a.dim()),
      (x, a) -> x.get(a.sizes()), (x, a) -> x.get(a.tensor()),
      (x, a) -> x.get(Index.slice(a.size(), a.size(), a.size()), Index.of(a.tensor())),
      (x, a) -> x.indexSelect(a.dim(), a.tensor()), (x, a) -> x.gather(a.dim(), a.tensor()),
      (x, a) -> x.scatter(a.dim(), a.tensor(), a.tensor()),
      (x, a) -> x.scatterAdd(a.dim(), a.tensor(), a.tensor()), (x, a) -> x.indexAdd(a.dim(), a.tensor(), a.tensor()),
      (x, a) -> x.maskedFill(a.tensor(), a.number()),
      (x, a) -> x.maskedSelect(a.tensor()), (x, a) -> x.take(a.tensor()), (x, a) -> x.put(a.tensor(), a.tensor()),
      (x, a) -> x.indexPut(List.of(a.tensor()), a.tensor()),
      (x, _) -> x.nonzero(), (x, a) -> Torch.cat(List.of(x, a.tensor()), a.dim()),
      (x, a) -> Torch.stack(List.of(x, a.tensor()), a.dim()), (x, a) -> x.pad(a.sizes()),
      (x, a) -> x.pad(a.sizes(), "reflect"), (x, a) -> x.roll(a.size(), a.dim()), (x, a) -> x.flip(a.dims()),
      (x, a) -> x.repeat(a.sizes()), (x, a) -> x.tile(a.sizes()),
      (x, a) -> x.repeatInterleave(a.size(), a.dim()), (x, a) -> x.tril(a.size()), (x, a) -> x.diag(a.size()),
      (x, a) -> x.sort(a.dim(), true),
      (x, a) -> x.topk(a.size(), a.dim(), true), (x, a) -> x.kthvalue(a.size(), a.dim(), false),
      (x, a) -> x.median(a.dim()), (x, _) -> x.unique(), (x, a) -> x.unique(a.dim()),
      (x, a) -> x.bincount(a.size()), (x, a) -> x.oneHot(a.size()), (x, a) -> x.searchsorted(a.tensor()),
      (_, a) -> Torch.zeros(a.sizes()), (_, a) -> Torch.eye(a.size()),
      (_, a) -> Torch.arange(a.number(), a.number(), a.number()),
      (_, a) -> Torch.linspace(a.number(), a.number(), a.size()), (_, a) -> Torch.randperm(a.size()),
      (_, a) -> Torch.randint(a.size(), a.size(), 2), (_, a) -> Torch.full(a.number(), a.sizes()), (x, _) -> x.item(),
      (x, a) -> x.size(a.dim()));

  static final List<Call> IN_PLACE = List.of(
      (x, a) -> x.add_(a.tensor()), (x, a) -> x.mul_(a.tensor()), (x, a) -> x.div_(a.tensor()),
      (x, a) -> x.pow_(a.tensor()), (x, _) -> x.exp_(), (x, _) -> x.relu_(),
      (x, a) -> x.clamp_(a.number(), a.number()), (x, a) -> x.lerp_(a.tensor(), a.tensor()),
      (x, a) -> x.addcmul_(a.tensor(), a.tensor()), (x, a) -> x.copy_(a.tensor()),
      (x, a) -> x.fill_(a.tensor()), (x, a) -> x.set_(a.tensor(), a.sizes()), (x, a) -> x.set_(a.number(), a.sizes()),
      (x, a) -> x.set_(a.tensor(), Index.of(a.tensor())),
      (x, a) -> x.indexAdd_(a.dim(), a.tensor(), a.tensor()), (x, a) -> x.scatter_(a.dim(), a.tensor(), a.tensor()),
      (x, a) -> x.maskedFill_(a.tensor(), a.number()),
      (x, a) -> x.indexPut_(List.of(a.tensor()), a.tensor(), true), (x, a) -> x.put_(a.tensor(), a.tensor()),
      (x, a) -> x.remainder_(a.tensor()), (x, a) -> x.floorDivide_(a.tensor()),
      (x, a) -> x.indexCopy_(a.dim(), a.tensor(), a.tensor()), (x, a) -> x.maskedScatter_(a.tensor(), a.tensor()),
      (x, a) -> x.squeeze_(a.dim()), (x, a) -> x.transpose_(a.dim(), a.dim()));

  private static boolean promised(RuntimeException e) {
    return (e instanceof IllegalArgumentException || e instanceof IllegalStateException
        || e instanceof UnsupportedOperationException)
        && e.getMessage() != null && e.getMessage().length() > 20;
  }

  static void attempt(Call call, int index, Random random) {
    Arguments a = new Arguments(random);
    Tensor x = a.tensor();
    double[] before = x.toDoubleArray();
    int version = x.version();
    long[] shape = x.shape();
    try {
      assertThat(call.on(x, a)).isNotNull();
    } catch (RuntimeException e) {
      if (!promised(e))
        throw new AssertionError("call " + index + " on " + x.dtype() + Arrays.toString(shape) + " threw " + e, e);
      assertThat(x.toDoubleArray()).as("call %s changed its tensor before it failed: %s", index, e).isEqualTo(before);
      assertThat(x.version()).isEqualTo(version);
      assertThat(x.shape()).isEqualTo(shape);
    }
  }

  @Property(tries = 6000)
  void anOperationGivesAResultOrAPromisedException(@ForAll Random random) {
    int index = random.nextInt(CALLS.size());
    attempt(CALLS.get(index), index, random);
  }

  @Property(tries = 3000)
  void anOperationInPlaceThatFailsChangesNothing(@ForAll Random random) {
    int index = random.nextInt(IN_PLACE.size());
    try (var _ = random.nextBoolean() ? Torch.noGrad() : Torch.enableGrad()) {
      attempt(IN_PLACE.get(index), index, random);
    }
  }

  @Property(tries = 1500)
  void gradientsOfTheRightShapeComeBackOrThereIsAPromisedException(@ForAll Random random) {
    int index = random.nextInt(CALLS.size());
    Arguments a = new Arguments(random);
    Tensor x = Torch.randn(DType.FLOAT64, random.longs(random.nextInt(4), 0, 4).toArray()).requiresGrad_();
    try {
      if (CALLS.get(index).on(x, a) instanceof Tensor y && y.requiresGrad()) {
        y.backward(Torch.onesLike(y));
        Tensor g = x.grad();
        if (g != null) assertThat(g.shape()).isEqualTo(x.shape());
      }
    } catch (RuntimeException e) {
      if (!promised(e)) throw new AssertionError("call " + index + " or its backward threw " + e, e);
    }
  }

  @Test
  void messagesNameTheOperationBothShapesAndAWayOut() {
    Tensor a = Torch.ones(2, 3);
    assertThatThrownBy(() -> a.add(Torch.ones(4))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add").hasMessageContaining("[2, 3]").hasMessageContaining("[4]")
        .hasMessageContaining("reshape");
    assertThatThrownBy(() -> a.matmul(Torch.ones(2, 3))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 3]");
    assertThatThrownBy(() -> a.matmul(Torch.ones(3, 3).to(DType.FLOAT64))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("float64");
    assertThatThrownBy(() -> a.sum(5)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("dimension 5")
        .hasMessageContaining("2 dimensions");
    assertThatThrownBy(() -> a.get(7)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("7");
    assertThatThrownBy(() -> a.view(4, 2)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[2, 3]")
        .hasMessageContaining("[4, 2]");
    assertThatThrownBy(() -> a.requiresGrad_().backward()).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Errors.NOT_SCALAR);
    assertThatThrownBy(() -> a.sum().backward(Torch.ones(3))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3]").hasMessageContaining("[]");
    assertThatThrownBy(() -> Torch.ones(2).sum().backward()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("requires");
    assertThatThrownBy(() -> Torch.arange(3).requiresGrad_()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("torch.int64");
    assertThatThrownBy(() -> Torch.zeros(1L << 20, 1L << 20)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2147483647");
    assertThatThrownBy(() -> Torch.zeros(-1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
    assertThatThrownBy(() -> Torch.tensor(new double[][] {{1, 2}, {3}})).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one length");
    List<Tensor> none = new ArrayList<>();
    assertThatThrownBy(() -> Torch.cat(none, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // null is the bad input under test
  void nullIsRefusedByName() {
    Tensor a = Torch.ones(2);
    Tensor nothing = null;
    assertThatThrownBy(() -> a.add(nothing)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("add")
        .hasMessageContaining("null");
    assertThatThrownBy(() -> a.mul_(nothing)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("mul")
        .hasMessageContaining("null");
  }

  @Test
  void aHookOrFormulaThatThrowsLeavesTheLibraryUsable() {
    Tensor x = Torch.ones(2).requiresGrad_();
    HookHandle handle = x.registerHook(_ -> {
      throw new ArithmeticException("mine");
    });
    assertThatThrownBy(() -> x.mul(2).sum().backward()).isInstanceOf(ArithmeticException.class).hasMessage("mine");
    handle.remove();
    x.mul(2).sum().backward();
    assertThat(x.grad()).isNotNull();
    assertThat(Torch.isGradEnabled()).isTrue();
  }
}
