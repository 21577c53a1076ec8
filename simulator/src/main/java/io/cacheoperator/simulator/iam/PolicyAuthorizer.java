package io.cacheoperator.simulator.iam;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Enforces IAM policy documents for the principals that have some; a principal that has none is an administrator. A denial counts
 * more than any permission.
 */
public final class PolicyAuthorizer implements Authorizer {
    private final Map<String, List<Policy>> policies = new ConcurrentHashMap<>();

    /** Gives a principal, by its ARN, these policies and no others. */
    public PolicyAuthorizer attach(String principalArn, List<Policy> documents) {
        policies.put(principalArn, List.copyOf(documents));
        return this;
    }

    @Override
    public Decision decide(Question question) {
        List<Policy> documents = policies.get(question.principal().arn());
        // Identity needs no permission, whatever the policies say.
        if (documents == null || question.action().equals("sts:GetCallerIdentity")) {
            return Decision.ALLOWED;
        }
        boolean allowed = false;
        for (Policy document : documents) {
            for (Policy.Statement statement : document.statements()) {
                if (statement.matches(question)) {
                    if (!statement.allow()) {
                        return Decision.DENIED;
                    }
                    allowed = true;
                }
            }
        }
        return allowed ? Decision.ALLOWED : Decision.NOT_ALLOWED;
    }
}
