package io.cacheoperator.simulator.iam;

import io.cacheoperator.simulator.iam.Authorizer.Check;
import io.cacheoperator.simulator.iam.Authorizer.Decision;
import io.cacheoperator.simulator.iam.Authorizer.Question;
import io.cacheoperator.simulator.iam.Authorizer.Resource;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.AwsService;
import io.cacheoperator.simulator.service.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks the {@link Authorizer} about a call, and words its refusal as AWS does. */
public final class Authorization {
    private final Principals principals;
    private final Authorizer authorizer;

    public Authorization(Principals principals, Authorizer authorizer) {
        this.principals = principals;
        this.authorizer = authorizer;
    }

    public Principals principals() {
        return principals;
    }

    /**
     * The error by which a call is refused; empty if it is allowed.
     *
     * @param request the request as in the call log
     * @param denied  how the service says no, in AWS's words for who may not do what
     */
    public Optional<AwsError> refusal(
            AwsService service, Call call, Map<String, Object> request, Function<String, AwsError> denied) {
        Principal principal = principals.of(call.accessKeyId());
        Map<String, String> tags = requestTags(request);
        for (Check check : checks(service, call, request)) {
            Decision decision =
                    authorizer.decide(new Question(principal, call, check.action(), check.resource(), tags));
            if (decision != Decision.ALLOWED) {
                return check.refusal()
                        .or(() -> Optional.of(
                                denied.apply(words(principal, check.action(), check.resource(), decision))));
            }
        }
        return Optional.empty();
    }

    private static List<Check> checks(AwsService service, Call call, Map<String, Object> request) {
        String action = service.description().iamPrefix() + ":" + call.operation();
        if (!(service instanceof Authorizer.ResourcesOfCall known)) {
            return List.of(new Check(action, Resource.ANY));
        }
        List<Check> checks = new ArrayList<>();
        known.resources(call, request).forEach(resource -> checks.add(new Check(action, resource)));
        if (checks.isEmpty()) {
            checks.add(new Check(action, Resource.ANY));
        }
        checks.addAll(known.further(call, request));
        return checks;
    }

    private static String words(Principal principal, String action, Resource resource, Decision decision) {
        String because = decision == Decision.DENIED
                ? "with an explicit deny in an identity-based policy"
                : "because no identity-based policy allows the " + action + " action";
        return "User: " + principal.arn() + " is not authorized to perform: " + action + " on resource: "
                + resource.arn() + " " + because;
    }

    /** The tags in a request: a list of keys and values, or of keys, at the top or in EC2's tag specifications. */
    private static Map<String, String> requestTags(Map<String, Object> request) {
        Map<String, String> tags = new LinkedHashMap<>();
        addTags(tags, request.get("Tags"));
        if (request.get("TagKeys") instanceof List<?> keys) {
            keys.forEach(key -> tags.put(String.valueOf(key), ""));
        }
        if (request.get("TagSpecifications") instanceof List<?> specifications) {
            for (Object specification : specifications) {
                if (specification instanceof Map<?, ?> map) {
                    addTags(tags, map.get("Tags"));
                }
            }
        }
        return tags;
    }

    private static void addTags(Map<String, String> tags, @org.jspecify.annotations.Nullable Object member) {
        switch (member) {
            case List<?> list -> {
                for (Object tag : list) {
                    if (tag instanceof Map<?, ?> map && map.get("Key") instanceof String key) {
                        tags.put(key, map.get("Value") instanceof String value ? value : "");
                    }
                }
            }
            case Map<?, ?> map -> map.forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
            case null, default -> {}
        }
    }
}
