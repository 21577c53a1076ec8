/** The wire protocols of AWS over the metadata of the SDK classes: one reader and one writer for every operation of every service. */
@NullMarked
package io.cacheoperator.simulator.wire;

import org.jspecify.annotations.NullMarked;
