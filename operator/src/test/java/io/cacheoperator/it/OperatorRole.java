package io.cacheoperator.it;

import io.cacheoperator.iam.IamPolicies;
import io.cacheoperator.iam.IamStatement;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.iam.Authorizer;
import io.cacheoperator.simulator.iam.Policy;
import io.cacheoperator.simulator.iam.PolicyAuthorizer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the operator may do in the simulated account; whoever else calls may do everything. Keeps what it was asked for. */
final class OperatorRole implements Authorizer {

    private static final String ARN = "arn:aws:iam::" + Simulator.Builder.DEFAULT_ACCOUNT + ":user/simulator";

    private final PolicyAuthorizer policies = new PolicyAuthorizer();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();

    OperatorRole(Collection<IamStatement> statements) {
        holds(statements);
    }

    /** From now on it has this policy and no other. */
    void holds(Collection<IamStatement> statements) {
        policies.attach(ARN, List.of(Policy.parse(IamPolicies.json(statements))));
    }

    /** From now on it has this policy and no other. */
    void holds(String json) {
        policies.attach(ARN, List.of(Policy.parse(json)));
    }

    @Override
    public Decision decide(Question question) {
        if (!SimulatedAccount.isOperators(question.call().accessKeyId())) {
            return Decision.ALLOWED;
        }
        asked.add(question.action());
        Decision decision = policies.decide(question);
        if (decision != Decision.ALLOWED) {
            refused.add(question.action());
            refusals.incrementAndGet();
        }
        return decision;
    }

    /** Every action that was asked for. */
    Set<String> asked() {
        return new TreeSet<>(asked);
    }

    /** Every action that was refused at least once. */
    Set<String> refused() {
        return new TreeSet<>(refused);
    }

    /** How often anything was refused. */
    int refusals() {
        return refusals.get();
    }

    void forget() {
        asked.clear();
        refused.clear();
        refusals.set(0);
    }
}
