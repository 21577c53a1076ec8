/** Simulated ElastiCache: one class per group of operations, over immutable states in one table per kind of resource. */
@NullMarked
package io.cacheoperator.simulator.elasticache;

import org.jspecify.annotations.NullMarked;
