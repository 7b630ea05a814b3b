/** Pictures of autograd graphs. Sees the public face of {@code dev.flambeau}, and the Eclipse Layout Kernel. */
@NullMarked
@CheckReturnValue
package dev.flambeau.viz;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
