package io.cacheoperator.simulator.iam;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Which principal each access key id stands for. A key id of twelve digits is a user of the account of that number; a key that STS
 * gave out is the role that was assumed; any other key is a user of the default account. Secrets are not checked.
 */
public final class Principals {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final String USER = "simulator";
    private final String defaultAccount;
    private final Map<String, Principal> sessions = new ConcurrentHashMap<>();

    public Principals(String defaultAccount) {
        this.defaultAccount = defaultAccount;
    }

    /** The principal of a key; of an unsigned request, if the key is empty. */
    public Principal of(String accessKeyId) {
        Principal session = sessions.get(accessKeyId);
        if (session != null) {
            return session;
        }
        String account = ACCOUNT.matcher(accessKeyId).matches() ? accessKeyId : defaultAccount;
        return new Principal(account, "arn:aws:iam::" + account + ":user/" + USER, "AIDASIMULATOR" + account);
    }

    /** Lets a key stand for a principal, as STS and test set-ups do. */
    public void register(String accessKeyId, Principal principal) {
        sessions.put(accessKeyId, principal);
    }
}
