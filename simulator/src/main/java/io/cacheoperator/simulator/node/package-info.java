/**
 * Real servers behind simulated caches, on loopback ports: redis or valkey and memcached as processes, or servers inside this JVM
 * where none is installed. Every endpoint is a {@link io.cacheoperator.simulator.node.Gate} of ours in front of a server: it keeps
 * its port while roles, TLS and servers change, and it speaks TLS.
 */
@NullMarked
package io.cacheoperator.simulator.node;

import org.jspecify.annotations.NullMarked;
