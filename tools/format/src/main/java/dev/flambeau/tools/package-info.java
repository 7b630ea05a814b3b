/** What the build runs on its own sources. */
@NullMarked
package dev.flambeau.tools;

import org.jspecify.annotations.NullMarked;
