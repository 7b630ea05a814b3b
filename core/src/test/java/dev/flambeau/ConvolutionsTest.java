package dev.flambeau;

import static dev.flambeau.nn.Functional.conv1d;
import static dev.flambeau.nn.Functional.conv2d;
import static dev.flambeau.nn.Functional.convTranspose2d;
import static dev.flambeau.nn.Functional.fold;
import static dev.flambeau.nn.Functional.unfold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConvolutionsTest {
  private static final Tensor X = Torch.zeros(2, 3, 5, 6);
  private static final Tensor W = Torch.zeros(4, 3, 3, 3);

  private static long[] both(long value) { return new long[] {value, value}; }

  private static void refuses(ThrowingCallable call, String... words) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    refuses(() -> conv2d(X, Torch.zeros(4, 2, 3, 3)), "conv2d: ", "2 channels", "[2, 3, 5, 6]");
    refuses(() -> conv2d(X, Torch.zeros(4, 3, 3)), "conv2d: ", "4 dimensions", "[4, 3, 3]");
    refuses(() -> conv2d(Torch.zeros(5, 6), W), "conv2d: ", "[5, 6]");
    refuses(() -> conv2d(X, W, Torch.zeros(3)), "conv2d: ", "bias", "[3]");
    refuses(() -> conv2d(X, Torch.zeros(4, 3, 7, 7)), "conv2d: ", "pad more");
    refuses(() -> conv2d(X, Torch.zeros(4, 3, 0, 3)), "conv2d: ", "empty");
    refuses(() -> conv2d(X, W, null, 0, 0), "conv2d: ", "stride");
    refuses(() -> conv2d(X, W, null, 1, -1), "conv2d: ", "padding");
    refuses(() -> conv2d(X, W, null, new long[] {1}, both(0), both(1), 1), "conv2d: ", "stride", "2 numbers");
    refuses(() -> conv2d(X, W, null, both(1), new long[] {1}, both(1), 1), "conv2d: ", "padding", "2 numbers", "[1]");
    refuses(() -> conv2d(X, W, null, both(1), both(0), both(0), 1), "conv2d: ", "dilation");
    refuses(() -> conv2d(X, W, null, both(1), both(0), both(1), 0), "conv2d: ", "group");
    refuses(() -> conv2d(X, W, null, both(1), both(0), both(1), 3), "conv2d: ", "3 groups");
    refuses(() -> conv2d(X, W, null, both(2), "same", both(1), 1), "conv2d: ", "stride 1");
    refuses(() -> conv2d(X, W, null, both(1), "full", both(1), 1), "conv2d: ", "\"full\"");
    refuses(() -> conv2d(X.to(DType.INT64), W.to(DType.INT64)), "conv2d: ", "int64");
    refuses(() -> conv2d(X, W.to(DType.FLOAT64)), "conv2d: ", "float64");
    refuses(() -> conv1d(X, Torch.zeros(4, 3, 3)), "conv1d: ", "[2, 3, 5, 6]");
    refuses(() -> convTranspose2d(X, W, null), "convTranspose2d: ", "4 channels");
    refuses(() -> convTranspose2d(X, Torch.zeros(3, 4, 3, 3), null, both(2), both(0), both(2), 1, both(1)),
        "convTranspose2d: ", "output padding");
    refuses(() -> convTranspose2d(X, Torch.zeros(3, 4, 3, 3), null, 1, 5), "convTranspose2d: ", "pad less");
    refuses(() -> unfold(X, 7, 1), "unfold: ", "[7, 7]");
    refuses(() -> fold(Torch.zeros(1, 8, 9), both(5), both(2), both(1), both(0), both(1)), "fold: ", "16", "[1, 8, 9]");
  }

  @Test
  void aFrozenWeightLeavesTheInputUnsaved() {
    Tensor x = Torch.randn(1, 2, 4, 4).requiresGrad_(true);
    Tensor w = Torch.randn(3, 2, 3, 3);
    Tensor h = x.mul(1);
    Tensor y = conv2d(h, w);
    h.zero_();
    y.sum().backward();
    assertThat(x.grad()).isNotNull();
  }

  @Test
  void theResultIsRowMajorWhateverTheInput() {
    Tensor lastChannels = Torch.randn(2, 5, 6, 3).permute(0, 3, 1, 2);
    Tensor y = conv2d(lastChannels, W);
    assertThat(y.isContiguous()).isTrue();
    assertThat(y.view(2, -1).shape()).containsExactly(2, 48);
  }

  @Test
  void floatsAreAsGoodAsTheyCanBeForManyChannels() {
    Tensor x = Torch.randn(4, 96, 30, 30).to(DType.FLOAT64);
    Tensor w = Torch.randn(64, 96, 3, 3).to(DType.FLOAT64);
    Tensor exact = conv2d(x, w, null, 1, 1);
    Tensor y = conv2d(x.to(DType.FLOAT32), w.to(DType.FLOAT32), null, 1, 1);
    Tensor error = y.to(DType.FLOAT64).sub(exact).abs().max();
    assertThat(error.item() / exact.std().item()).isLessThan(1e-4);
  }
}
