package dev.flambeau.examples;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tutorials in the order in which they are best read. */
enum Tutorial {
  AUTOGRAD("Autograd: automatic differentiation"),
  VARIABLE("Autograd: automatic differentiation, with variables"),
  STORCH("Automatic differentiation, the page of Storch"),
  GENTLE_NOTEBOOK("A gentle introduction to autograd, the notebook"),
  GENTLE_SCRIPT("A gentle introduction to autograd, the script");

  private final String heading;

  Tutorial(String heading) {
    this.heading = heading;
  }

  /** The name that starts it, as in {@code gentle-script}. */
  String title() { return name().toLowerCase(Locale.ROOT).replace('_', '-'); }

  String heading() { return heading; }

  /** The tutorial with this name, or null. A plain loop, as it runs before the first gradient. */
  static @Nullable Tutorial named(String title) {
    for (Tutorial each : values()) if (each.title().equals(title)) return each;
    return null;
  }

  void run() throws IOException {
    switch (this) {
      case AUTOGRAD -> AutogradTutorial.main();
      case VARIABLE -> VariableTutorial.main();
      case STORCH -> StorchPage.main();
      case GENTLE_NOTEBOOK -> GentleIntroductionNotebook.main();
      case GENTLE_SCRIPT -> GentleIntroduction.main();
    }
  }
}
