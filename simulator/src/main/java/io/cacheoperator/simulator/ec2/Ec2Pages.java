package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** EC2's paging: MaxResults from 5 to 1000, everything if it is not given, and never together with ids. */
record Ec2Pages(@Nullable Integer maxResults, @Nullable String nextToken) {
    private static final int LEAST = 5;
    private static final int MOST = 1000;

    /** Refuses paging where ids are given, as EC2 does. */
    Ec2Pages notWith(List<String> ids, String parameter) {
        if (maxResults != null && !ids.isEmpty()) {
            throw AwsError.invalidParameterCombination(
                    "The parameter " + parameter + " cannot be used with the parameter maxResults");
        }
        return this;
    }

    <T> Page<T> of(List<T> sorted, Function<T, String> key) {
        if (maxResults == null && nextToken == null) {
            return new Page<>(sorted, Optional.empty());
        }
        int size = maxResults == null ? MOST : maxResults;
        if (size < LEAST) {
            throw bounds(size, "Expecting a value greater than or equal to " + LEAST + ".");
        }
        if (size > MOST) {
            throw bounds(size, "Expecting a value less than or equal to " + MOST + ".");
        }
        Optional<String> token = Optional.ofNullable(nextToken).filter(text -> !text.isEmpty());
        return Page.of(sorted, key, token, size, bad -> AwsError.badRequest("InvalidNextToken", "Invalid next token"));
    }

    private static AwsError bounds(int size, String why) {
        return AwsError.invalidParameterValue("Value ( " + size + " ) for parameter maxResults is invalid. " + why);
    }
}
