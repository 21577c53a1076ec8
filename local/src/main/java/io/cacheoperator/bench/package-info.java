/** Measures what running many caches costs: AWS calls, API-server writes, time and memory. Run by hack/bench.sh. */
@NullMarked
package io.cacheoperator.bench;

import org.jspecify.annotations.NullMarked;
