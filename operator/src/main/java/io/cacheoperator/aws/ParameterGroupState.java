package io.cacheoperator.aws;

/** A cache parameter group. Its values are a question of their own, for they have no bulk read. */
public record ParameterGroupState(String name, String arn, String family, String description) {}
