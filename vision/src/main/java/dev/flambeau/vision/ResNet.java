package dev.flambeau.vision;

import static dev.flambeau.nn.ConvOption.bias;
import static dev.flambeau.nn.ConvOption.padding;
import static dev.flambeau.nn.ConvOption.stride;

import dev.flambeau.Tensor;
import dev.flambeau.nn.AdaptiveAvgPool2d;
import dev.flambeau.nn.BatchNorm2d;
import dev.flambeau.nn.Conv2d;
import dev.flambeau.nn.ConvBnReLU;
import dev.flambeau.nn.Init;
import dev.flambeau.nn.Linear;
import dev.flambeau.nn.MaxPool2d;
import dev.flambeau.nn.Module;
import dev.flambeau.nn.ReLU;
import dev.flambeau.nn.Sequential;
import org.jspecify.annotations.Nullable;

/**
 * Residual networks: pictures {@code (N, 3, H, W)} → {@code (N, classes)} (K. He et al., <a href="https://arxiv.org/abs/1512.03385">Deep Residual Learning
 * for Image Recognition</a>, 2015). Names of parameters, and their first values for a seed, are those of
 * <a href="https://docs.pytorch.org/vision/stable/models/resnet.html">torchvision</a>, so its files fit.
 *
 * <p>Any field may be given another layer, as in {@code model.fc = new Linear(512, 10)}.
 */
public final class ResNet extends Module {
  private static final long CLASSES = 1000;

  /** 7×7, stride 2: {@code (N, 3, H, W)} → {@code (N, 64, H/2, W/2)}. */
  public Module conv1 = new Conv2d(3, 64, 7, stride(2), padding(3), bias(false));
  /** Normalises the 64 channels. */
  public Module bn1 = new BatchNorm2d(64);
  /** max(x, 0). */
  public Module relu = new ReLU(true);
  /** 3×3, stride 2: {@code (N, 64, H/2, W/2)} → {@code (N, 64, H/4, W/4)}. */
  public Module maxpool = new MaxPool2d(3, 2, 1);
  /** Blocks of H/4 · W/4 pixels. */
  public Module layer1;
  /** Blocks of H/8 · W/8 pixels. */
  public Module layer2;
  /** Blocks of H/16 · W/16 pixels. */
  public Module layer3;
  /** Blocks of H/32 · W/32 pixels. */
  public Module layer4;
  /** Means of the channels: {@code (N, C, H/32, W/32)} → {@code (N, C, 1, 1)}. */
  public Module avgpool = new AdaptiveAvgPool2d(1, 1);
  /** The classifier: {@code (N, C)} → {@code (N, classes)}; C is 512, or 2048 in ResNet-50. */
  public Module fc;

  private ResNet(Kind kind, int... blocks) {
    layer1 = stage(kind, 64, 64, blocks[0], 1);
    layer2 = stage(kind, 64 * kind.growth, 128, blocks[1], 2);
    layer3 = stage(kind, 128 * kind.growth, 256, blocks[2], 2);
    layer4 = stage(kind, 256 * kind.growth, 512, blocks[3], 2);
    fc = new Linear(512 * kind.growth, CLASSES);
    for (Module module : modules()) {
      if (module instanceof Conv2d conv) Init.kaimingNormal_(conv.weight, 0, Init.Fan.FAN_OUT, "relu");
    }
  }

  /** How the blocks of a network are built. */
  private enum Kind {
    BASIC(BasicBlock.GROWTH), BOTTLENECK(Bottleneck.GROWTH);

    final long growth;

    Kind(long growth) {
      this.growth = growth;
    }

    Module block(long inChannels, long planes, long stride, @Nullable Sequential downsample) {
      return switch (this) {
        case BASIC -> new BasicBlock(inChannels, planes, stride, downsample);
        case BOTTLENECK -> new Bottleneck(inChannels, planes, stride, downsample);
      };
    }
  }

  private static Sequential stage(Kind kind, long inChannels, long planes, int blocks, long stride) {
    long outChannels = planes * kind.growth;
    Sequential downsample = stride == 1 && inChannels == outChannels ? null
        : new Sequential(new Conv2d(inChannels, outChannels, 1, stride(stride), bias(false)),
            new BatchNorm2d(outChannels));
    Sequential stage = new Sequential(kind.block(inChannels, planes, stride, downsample));
    for (int i = 1; i < blocks; i++) stage.append(kind.block(outChannels, planes, 1, null));
    return stage;
  }

  /** 18 layers, 11.7 million parameters, with first values from the seed. */
  public static ResNet resnet18() { return new ResNet(Kind.BASIC, 2, 2, 2, 2); }

  /** 34 layers, 21.8 million parameters, with first values from the seed. */
  public static ResNet resnet34() { return new ResNet(Kind.BASIC, 3, 4, 6, 3); }

  /** 50 layers, 25.6 million parameters, with first values from the seed. */
  public static ResNet resnet50() { return new ResNet(Kind.BOTTLENECK, 3, 4, 6, 3); }

  /**
   * 18 layers, trained; the weights are downloaded once.
   *
   * @throws java.io.UncheckedIOException if the weights cannot be had; the message says which file to put where
   */
  public static ResNet resnet18(ResNet18Weights weights) { return trained(resnet18(), weights); }

  /**
   * 34 layers, trained; the weights are downloaded once.
   *
   * @throws java.io.UncheckedIOException if the weights cannot be had; the message says which file to put where
   */
  public static ResNet resnet34(ResNet34Weights weights) { return trained(resnet34(), weights); }

  /**
   * 50 layers, trained; the weights are downloaded once.
   *
   * @throws java.io.UncheckedIOException if the weights cannot be had; the message says which file to put where
   */
  public static ResNet resnet50(ResNet50Weights weights) { return trained(resnet50(), weights); }

  private static ResNet trained(ResNet model, PretrainedWeights weights) {
    model.loadStateDict(weights.stateDict());
    return model;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = maxpool.apply(ConvBnReLU.apply(x, conv1, bn1, relu));
    y = layer4.apply(layer3.apply(layer2.apply(layer1.apply(y))));
    return fc.apply(avgpool.apply(y).flatten(1));
  }
}
