package dev.flambeau.vision;

import java.net.URI;

/** Weights of {@link ResNet#resnet18(ResNet18Weights)}, as in <a href="https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet18.html">torchvision</a>. */
public enum ResNet18Weights implements PretrainedWeights {
  /** 69.758 % of the ImageNet pictures held out are recognised; 45 MB. */
  IMAGENET1K_V1("resnet18-f37072fd.pth", 256);

  /** The best there are. */
  public static final ResNet18Weights DEFAULT = IMAGENET1K_V1;

  private final URI url;
  private final int resizeSize;

  ResNet18Weights(String file, int resizeSize) {
    this.url = URI.create("https://download.pytorch.org/models/" + file);
    this.resizeSize = resizeSize;
  }

  @Override
  public URI url() { return url; }

  @Override
  public int resizeSize() { return resizeSize; }
}
