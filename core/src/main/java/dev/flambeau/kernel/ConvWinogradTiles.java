package dev.flambeau.kernel;

import static dev.flambeau.kernel.ConvLanes.LANES;
import static dev.flambeau.kernel.ConvLanes.TILES;
import static dev.flambeau.kernel.ConvLanes.WIDE;

import java.util.Arrays;

/**
 * Images, or their gradients, cut into overlapping tiles and transformed: tile (i, j) reads {@code in} rows and columns
 * from ({@code top + step·i}, {@code left + step·j}) on, zeros outside.
 */
record ConvWinogradTiles(ConvPlanes<float[]> x, int height, int width, int top, int left, ConvScheme.Matrix matrix,
    int in, int step, int points) {
  /**
   * Transforms a block of tiles of {@link ConvLanes#WIDE} channels: place after place, {@code place} elements apart, has
   * the channels of tile after tile.
   */
  void transform(ConvBlock block, int channel, float[] to, int toAt, int place) {
    ConvTransform transform = matrix.transform();
    int rows = (block.rows() - 1) * step + in;
    int pitch = (block.columns() - 1) * step + in;
    int y0 = top + block.row() * step;
    int x0 = left + block.column() * step;
    int begin = Math.clamp(-x0, 0, pitch);
    int end = Math.clamp((long) width - x0, begin, pitch);
    int first = Math.clamp(-y0, 0, rows);
    int last = Math.clamp((long) height - y0, first, rows);
    int row = (end - begin) * WIDE;
    float[] lines = Workspace.takeFloats(rows * row);
    float[] half = Workspace.takeFloats(points * pitch * WIDE);
    Arrays.fill(half, 0, points * pitch * WIDE, 0);
    Arrays.fill(lines, 0, first * row, 0);
    Arrays.fill(lines, last * row, rows * row, 0);
    int t = toAt;
    for (int n = 0; n < block.images(); n++) {
      turn(block.image() + n, channel, y0 + first, last - first, x0 + begin, end - begin, lines, first * row);
      for (int i = 0; i < block.rows(); i++, t += block.columns() * WIDE) {
        transform.run(lines, i * step * row, row, LANES, half, begin * WIDE, pitch * WIDE, LANES, 2 * (end - begin));
        for (int u = 0; u < points; u++) {
          for (int l = 0; l < WIDE; l += LANES) {
            transform.run(half, u * pitch * WIDE + l, WIDE, step * WIDE, to, t + u * points * place + l, place, WIDE,
                block.columns());
          }
        }
      }
    }
    Workspace.give(lines);
    Workspace.give(half);
  }

  /** Copies some rows and columns so that the channels lie side by side. */
  private void turn(int image, int channel, int y, int rows, int column, int columns, float[] to, int toAt) {
    boolean together = x.row() == columns * x.column();
    int count = together ? rows * columns : columns;
    for (int i = 0; i < (together ? 1 : rows); i++) {
      TILES.pack(x.data(), x.at(image, channel, y + i, column), x.channel(), x.column(), WIDE, WIDE, count, to,
          toAt + i * columns * WIDE);
    }
  }
}
