package io.cacheoperator.aws;

/** A version that AWS offers, such as {@code 8.0} of {@code valkey} in family {@code valkey8}. */
public record EngineVersionState(String engine, String version, String parameterGroupFamily) {}
