package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AwsRegions;
import io.cacheoperator.aws.Ec2Port;
import io.cacheoperator.aws.ElastiCachePort;
import io.cacheoperator.core.Done;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Result;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AWS that writes down what it is asked and answers as it was told. */
final class RecordedAws implements AwsRegions {

    private final List<String> calls = new ArrayList<>();
    private final Map<String, Object> answers = new HashMap<>();
    private Optional<Failure> failure = Optional.empty();

    /** Every call from now on fails so. */
    void fails(Failure.Kind kind) {
        failure = Optional.of(new Failure(kind, "Operation", kind.name(), "words of AWS"));
    }

    /** What a method answers; without, nothing. */
    void answers(String method, Object value) {
        answers.put(method, value);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ElastiCachePort elastiCache(String region) {
        return port(ElastiCachePort.class);
    }

    @Override
    public Ec2Port ec2(String region) {
        return port(Ec2Port.class);
    }

    private <T> T port(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> call(method)));
    }

    private Result<?> call(Method method) {
        calls.add(method.getName());
        return failure.<Result<?>>map(Result::failed)
                .orElseGet(() -> Result.ok(answers.getOrDefault(method.getName(), Done.DONE)));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
