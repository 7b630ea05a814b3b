package dev.flambeau.kernel;

/**
 * What a block of outputs reads from some channels: copies with a rim, of zeros for sums, around them, in which each tap is one fixed step
 * away from an output's place. Phase after phase lies in it, of each the images, of these the rows.
 */
final class ConvStrip<A> {
  private static final int LINE = 16;

  private final ConvLoops<A> loops;
  private final ConvTaps taps;
  private final ConvBlock block;
  private final double rim;
  private final int rows;
  /** From one row to the next. */
  final int pitch;
  private final int phaseSize;
  /** From one channel to the next. */
  final int channelSize;

  ConvStrip(ConvLoops<A> loops, ConvTaps taps, ConvBlock block) { this(loops, taps, block, 0); }

  ConvStrip(ConvLoops<A> loops, ConvTaps taps, ConvBlock block, double rim) {
    this.rim = rim;
    this.loops = loops;
    this.taps = taps;
    this.block = block;
    rows = block.rows() + taps.reachDown;
    pitch = block.columns() + taps.reachAcross;
    phaseSize = Math.multiplyExact(block.images(), rows * pitch);
    channelSize = apart(Math.multiplyExact(taps.phaseRow.length, phaseSize));
  }

  /** The steps of all taps of so many channels, tap after tap. */
  int[] steps(int channels) {
    int[] steps = new int[channels * taps.count];
    for (int i = 0; i < steps.length; i++) {
      int t = i / channels;
      steps[i] =
          i % channels * channelSize + taps.phase[t] * phaseSize + taps.rowShift[t] * pitch + taps.columnShift[t];
    }
    return steps;
  }

  /** The places of the block's outputs. */
  int[] places() {
    int[] places = new int[block.pixels()];
    for (int i = 0; i < places.length; i++) {
      int row = i / block.columns();
      places[i] = (row / block.rows() * rows + row % block.rows()) * pitch + i % block.columns();
    }
    return places;
  }

  /** From one image to the next. */
  int imageSize() { return rows * pitch; }

  /** From the first output's place to beyond the last one's. */
  int length() { return (block.images() - 1) * imageSize() + (block.rows() - 1) * pitch + block.columns(); }

  /** Copies one channel of images that are {@code height} by {@code width}. */
  void fill(ConvPlanes<A> x, int channel, int height, int width, A to, int toAt) {
    int at = toAt;
    for (int f = 0; f < taps.phaseRow.length; f++) {
      int left = taps.phaseColumn[f] + block.column() * taps.stepAcross;
      int begin = Math.clamp(ceilDiv(-left, taps.stepAcross), 0, pitch);
      int end = Math.clamp(ceilDiv(width - left, taps.stepAcross), begin, pitch);
      for (int n = 0; n < block.images(); n++) {
        for (int p = 0; p < rows; p++, at += pitch) {
          int row = taps.phaseRow[f] + (block.row() + p) * taps.stepDown;
          if (row < 0 || row >= height || begin == end) {
            loops.fill(to, at, at + pitch, rim);
            continue;
          }
          loops.fill(to, at, at + begin, rim);
          loops.copy(x.data(), x.at(block.image() + n, channel, row, left + begin * taps.stepAcross),
              taps.stepAcross * x.column(), to, at + begin, end - begin);
          loops.fill(to, at + end, at + pitch, rim);
        }
      }
    }
  }

  /** Writes what lies inside of the images back, the reverse of {@link #fill} for whole images. */
  void empty(A from, ConvPlanes<A> x, int channel, int height, int width) {
    int at = 0;
    for (int f = 0; f < taps.phaseRow.length; f++) {
      int left = taps.phaseColumn[f];
      int begin = Math.clamp(ceilDiv(-left, taps.stepAcross), 0, pitch);
      int end = Math.clamp(ceilDiv(width - left, taps.stepAcross), begin, pitch);
      for (int n = 0; n < block.images(); n++) {
        for (int p = 0; p < rows; p++, at += pitch) {
          int row = taps.phaseRow[f] + p * taps.stepDown;
          if (row < 0 || row >= height || begin == end) continue;
          loops.store(from, at + begin, end - begin, x.data(),
              x.at(block.image() + n, channel, row, left + begin * taps.stepAcross), taps.stepAcross * x.column());
        }
      }
    }
  }

  /** A step at which the copies of many channels do not compete for the same places of a cache. */
  static int apart(int size) { return size < LINE ? size : (size + LINE - 1) / LINE * LINE | LINE; }

  private static int ceilDiv(int n, int step) { return -Math.floorDiv(-n, step); }
}
