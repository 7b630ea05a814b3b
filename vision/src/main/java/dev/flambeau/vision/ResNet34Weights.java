package dev.flambeau.vision;

/** Weights of {@link ResNet#resnet34(ResNet34Weights)}, as in <a href="https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet34.html">torchvision</a>. */
public enum ResNet34Weights implements PretrainedWeights {
  /** 73.314 % of the ImageNet pictures held out are recognised; 83 MB. */
  IMAGENET1K_V1("resnet34-b627a593.pth");

  /** The best there are. */
  public static final ResNet34Weights DEFAULT = IMAGENET1K_V1;

  private final String file;

  ResNet34Weights(String file) { this.file = file; }

  @Override
  public String file() { return file; }
}
