package dev.flambeau;

/** A pointwise function of real numbers: integers and truth values are taken as such. */
interface RealPointwise extends Pointwise {
  @Override
  default Typing typing() { return Typing.FLOATING; }
}
