package dev.flambeau.vision;

import java.net.URI;

/** Weights of {@link ResNet#resnet34(ResNet34Weights)}, as in <a href="https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet34.html">torchvision</a>. */
public enum ResNet34Weights implements PretrainedWeights {
  /** 73.314 % of the ImageNet pictures held out are recognised; 83 MB. */
  IMAGENET1K_V1("resnet34-b627a593.pth", 256);

  /** The best there are. */
  public static final ResNet34Weights DEFAULT = IMAGENET1K_V1;

  private final URI url;
  private final int resizeSize;

  ResNet34Weights(String file, int resizeSize) {
    this.url = URI.create("https://download.pytorch.org/models/" + file);
    this.resizeSize = resizeSize;
  }

  @Override
  public URI url() { return url; }

  @Override
  public int resizeSize() { return resizeSize; }
}
