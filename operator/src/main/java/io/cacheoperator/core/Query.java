package io.cacheoperator.core;

/**
 * A question about the world outside, also the key under which its answer is kept. Implementations are records, so
 * equal questions share one answer.
 *
 * @param <T> what a present answer looks like
 */
public interface Query<T> {

    /** AWS region the question is about, such as {@code eu-west-1}. */
    String region();
}
