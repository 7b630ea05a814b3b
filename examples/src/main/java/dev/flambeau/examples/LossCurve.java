package dev.flambeau.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The loss of every step as a picture. */
final class LossCurve {
  /** Shows through the noise of single steps: an average that forgets as fast as one over so many of them. */
  private static final int WINDOW = 10;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private LossCurve() {}

  static void save(String title, double[] losses, Path png) throws IOException {
    if (losses.length == 0) return;
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("step").yAxisTitle("loss").build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE).setLegendPosition(LegendPosition.InsideNE)
        .setChartTitleVisible(true);
    chart.getStyler().setYAxisMin(0.);
    double[] steps = IntStream.rangeClosed(1, losses.length).asDoubleStream().toArray();
    chart.addSeries("each step", steps, losses).setMarker(SeriesMarkers.NONE);
    chart.addSeries("average", steps, smoothed(losses)).setMarker(SeriesMarkers.NONE);
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    chart.paint(pen, WIDTH, HEIGHT);
    pen.dispose();
    ImageIO.write(picture, "png", png.toFile());
    System.out.println("the curve of the loss is drawn in " + png);
  }

  private static double[] smoothed(double... losses) {
    double[] smooth = new double[losses.length];
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < losses.length; i++) {
      double kept = 1 - 1. / WINDOW;
      sum = kept * sum + losses[i];
      weight = kept * weight + 1;
      smooth[i] = sum / weight;
    }
    return smooth;
  }
}
