import static dev.flambeau.Torch.*;
import static dev.flambeau.GraphOption.*;
import static dev.flambeau.nn.Functional.*;
import dev.flambeau.*;
import dev.flambeau.nn.*;
