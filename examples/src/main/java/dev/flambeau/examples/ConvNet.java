package dev.flambeau.examples;

import static dev.flambeau.nn.ConvOption.padding;
import static dev.flambeau.nn.Functional.*;

import dev.flambeau.Tensor;
import dev.flambeau.nn.BatchNorm2d;
import dev.flambeau.nn.Conv2d;
import dev.flambeau.nn.Dropout;
import dev.flambeau.nn.Linear;
import dev.flambeau.nn.Module;

/** A small convolutional network, as people write it in PyTorch: pictures {@code (N, C, H, W)} → {@code (N, classes)}, H and W being 4 or more. */
public final class ConvNet extends Module {
  final Conv2d conv1;
  final BatchNorm2d bn1 = new BatchNorm2d(32);
  final Conv2d conv2 = new Conv2d(32, 64, 3, padding(1));
  final BatchNorm2d bn2 = new BatchNorm2d(64);
  final Dropout dropout = new Dropout(0.25);
  final Linear fc1;
  final Linear fc2;

  /** For pictures of so many channels and pixels. */
  public ConvNet(long channels, long height, long width, long classes) {
    conv1 = new Conv2d(channels, 32, 3, padding(1));
    fc1 = new Linear(64 * (height / 4) * (width / 4), 128);
    fc2 = new Linear(128, classes);
  }

  @Override
  public Tensor forward(Tensor x) {
    x = maxPool2d(relu(bn1.apply(conv1.apply(x))), 2);
    x = maxPool2d(relu(bn2.apply(conv2.apply(x))), 2);
    x = dropout.apply(x.flatten(1));
    return fc2.apply(relu(fc1.apply(x)));
  }
}
