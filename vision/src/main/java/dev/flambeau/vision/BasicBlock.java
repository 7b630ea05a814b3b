package dev.flambeau.vision;

import static dev.flambeau.nn.ConvOption.bias;
import static dev.flambeau.nn.ConvOption.padding;
import static dev.flambeau.nn.ConvOption.stride;

import dev.flambeau.Tensor;
import dev.flambeau.nn.BatchNorm2d;
import dev.flambeau.nn.Conv2d;
import dev.flambeau.nn.ConvBnReLU;
import dev.flambeau.nn.Module;
import dev.flambeau.nn.ReLU;
import dev.flambeau.nn.Sequential;
import org.jspecify.annotations.Nullable;

/** y = relu(F(x) + x) with two 3×3 convolutions in F: {@code x (N, C, H, W)} → {@code (N, planes, H/stride, W/stride)}. */
final class BasicBlock extends Module {
  static final int GROWTH = 1;

  final Conv2d conv1;
  final BatchNorm2d bn1;
  final ReLU relu = new ReLU(true);
  final Conv2d conv2;
  final BatchNorm2d bn2;
  final @Nullable Sequential downsample;

  BasicBlock(long inChannels, long planes, long stride, @Nullable Sequential downsample) {
    conv1 = new Conv2d(inChannels, planes, 3, stride(stride), padding(1), bias(false));
    bn1 = new BatchNorm2d(planes);
    conv2 = new Conv2d(planes, planes, 3, padding(1), bias(false));
    bn2 = new BatchNorm2d(planes);
    this.downsample = downsample;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = ConvBnReLU.apply(x, conv1, bn1, relu);
    return ConvBnReLU.apply(y, conv2, bn2, () -> downsample == null ? x : downsample.apply(x), relu);
  }
}
