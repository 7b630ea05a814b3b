package dev.flambeau;

/** Elements picked by, or put at, places that other tensors name; reading and adding are each other's derivatives. */
public non-sealed interface Indexing extends Single {}
