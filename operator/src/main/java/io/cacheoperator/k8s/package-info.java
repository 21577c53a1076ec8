/** Secrets and Events: what the operator reads and writes in Kubernetes beside its own resources. */
@NullMarked
package io.cacheoperator.k8s;

import org.jspecify.annotations.NullMarked;
