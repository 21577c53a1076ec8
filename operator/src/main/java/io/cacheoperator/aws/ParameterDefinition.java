package io.cacheoperator.aws;

import java.util.Optional;

/**
 * A parameter of a family, as DescribeEngineDefaultParameters shows it.
 *
 * @param allowedValues a list such as {@code yes,no}, or a range such as {@code 1-100}; empty where anything goes
 * @param changeType {@code immediate | requires-reboot}
 */
public record ParameterDefinition(
        String name,
        Optional<String> value,
        String dataType,
        Optional<String> allowedValues,
        boolean modifiable,
        Optional<String> changeType) {}
