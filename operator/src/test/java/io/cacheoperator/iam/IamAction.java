package io.cacheoperator.iam;

/**
 * One action that the operator's role needs.
 *
 * @param name such as {@code elasticache:CreateReplicationGroup}
 * @param purpose what it is for
 * @param feature what of a CacheCluster asks for it
 * @param without what is seen where it is missing
 */
record IamAction(String name, String purpose, String feature, String without) {}
