/**
 * A real kube-apiserver with its etcd on 127.0.0.1, for tests and for {@code make local}: started in about two seconds, gone
 * with the JVM that started it.
 */
@NullMarked
package io.cacheoperator.apiserver;

import org.jspecify.annotations.NullMarked;
