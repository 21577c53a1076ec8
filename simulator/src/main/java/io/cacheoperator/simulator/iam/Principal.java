package io.cacheoperator.simulator.iam;

/**
 * Who an access key stands for.
 *
 * @param account twelve digits
 * @param arn     such as {@code arn:aws:sts::123456789012:assumed-role/operator/session}
 * @param userId  AWS's unique id, such as {@code AROAEXAMPLE:session}
 */
public record Principal(String account, String arn, String userId) {}
