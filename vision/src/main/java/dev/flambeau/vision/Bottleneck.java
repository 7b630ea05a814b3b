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

/**
 * y = relu(F(x) + x) with convolutions of 1×1, 3×3 and 1×1 in F: {@code x (N, C, H, W)} → {@code (N, 4 planes, H/stride, W/stride)}. The stride is that of
 * the 3×3 one, as in torchvision.
 */
final class Bottleneck extends Module {
  static final int GROWTH = 4;

  final Conv2d conv1;
  final BatchNorm2d bn1;
  final Conv2d conv2;
  final BatchNorm2d bn2;
  final Conv2d conv3;
  final BatchNorm2d bn3;
  final ReLU relu = new ReLU(true);
  final @Nullable Sequential downsample;

  Bottleneck(long inChannels, long planes, long stride, @Nullable Sequential downsample) {
    conv1 = new Conv2d(inChannels, planes, 1, bias(false));
    bn1 = new BatchNorm2d(planes);
    conv2 = new Conv2d(planes, planes, 3, stride(stride), padding(1), bias(false));
    bn2 = new BatchNorm2d(planes);
    conv3 = new Conv2d(planes, GROWTH * planes, 1, bias(false));
    bn3 = new BatchNorm2d(GROWTH * planes);
    this.downsample = downsample;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = ConvBnReLU.apply(x, conv1, bn1, relu);
    y = ConvBnReLU.apply(y, conv2, bn2, relu);
    return ConvBnReLU.apply(y, conv3, bn3, () -> downsample == null ? x : downsample.apply(x), relu);
  }
}
