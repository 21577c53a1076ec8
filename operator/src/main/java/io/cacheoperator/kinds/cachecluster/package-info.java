/** The kind CacheCluster: its API model, and the pure functions from spec and observation to plan and status. */
@NullMarked
package io.cacheoperator.kinds.cachecluster;

import org.jspecify.annotations.NullMarked;
