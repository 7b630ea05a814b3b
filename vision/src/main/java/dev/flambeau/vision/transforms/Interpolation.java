package dev.flambeau.vision.transforms;

/** How pixels are found that lie between those of a picture. */
public enum Interpolation {
  /** The nearest pixel. */
  NEAREST {
    @Override
    Pixels resize(Pixels in, int width, int height) { return Resampling.nearest(in, width, height); }

    @Override
    Pixels rotate(Pixels in, Rotation rotation) { return rotation.nearest(in); }
  },

  /** Means of the pixels around; where a picture shrinks, of all pixels that fall into one. */
  BILINEAR {
    @Override
    Pixels resize(Pixels in, int width, int height) { return Resampling.bilinear(in, width, height); }

    @Override
    Pixels rotate(Pixels in, Rotation rotation) { return rotation.bilinear(in); }
  };

  abstract Pixels resize(Pixels in, int width, int height);

  abstract Pixels rotate(Pixels in, Rotation rotation);
}
