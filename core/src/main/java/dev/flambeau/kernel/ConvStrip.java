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
    for (int row = 0, i = 0; row < block.images() * block.rows(); row++) {
      int place = (row / block.rows() * rows + row % block.rows()) * pitch;
      for (int q = 0; q < block.columns(); q++) places[i++] = place + q;
    }
    return places;
  }

  /** Where the copy of channel {@code k} ends. */
  int end(int k) { return k * channelSize + taps.phaseRow.length * phaseSize; }

  /** From one image to the next. */
  int imageSize() { return rows * pitch; }

  /** From the first output's place to beyond the last one's. */
  int length() { return (block.images() - 1) * imageSize() + (block.rows() - 1) * pitch + block.columns(); }

  /** Copies one channel of images that are {@code height} by {@code width}. */
  void fill(ConvPlanes<A> x, int channel, int height, int width, A to, int toAt) {
    move(x, channel, height, width, to, toAt, true);
  }

  /** Writes what lies inside of the images back. */
  void empty(A from, ConvPlanes<A> x, int channel, int height, int width) {
    move(x, channel, height, width, from, 0, false);
  }

  private void move(ConvPlanes<A> x, int channel, int height, int width, A copied, int copiedAt, boolean in) {
    int rowStep = taps.stepDown * x.row();
    int columnStep = taps.stepAcross * x.column();
    for (int f = 0; f < taps.phaseRow.length; f++) {
      int top = taps.phaseRow[f] + block.row() * taps.stepDown;
      int left = taps.phaseColumn[f] + block.column() * taps.stepAcross;
      int first = Math.clamp(ceilDiv(-top, taps.stepDown), 0, rows);
      int begin = Math.clamp(ceilDiv(-left, taps.stepAcross), 0, pitch);
      int down = Math.clamp(ceilDiv(height - top, taps.stepDown), first, rows) - first;
      int across = Math.clamp(ceilDiv(width - left, taps.stepAcross), begin, pitch) - begin;
      int at = copiedAt + f * phaseSize;
      if (in && down * across < rows * pitch) loops.fill(copied, at, at + phaseSize, rim);
      at += first * pitch + begin;
      for (int n = 0; n < block.images() && down * across > 0; n++, at += imageSize()) {
        int inside = x.at(block.image() + n, channel, top + first * taps.stepDown, left + begin * taps.stepAcross);
        if (in) loops.copy(x.data(), inside, rowStep, columnStep, copied, at, pitch, 1, down, across);
        else loops.copy(copied, at, pitch, 1, x.data(), inside, rowStep, columnStep, down, across);
      }
    }
  }

  /** A step at which the copies of many channels do not compete for the same places of a cache. */
  static int apart(int size) { return size < LINE ? size : (size + LINE - 1) / LINE * LINE | LINE; }

  private static int ceilDiv(int n, int step) { return -Math.floorDiv(-n, step); }
}
