package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticache.model.User;

/**
 * A user. No text form shows a password.
 *
 * @param shown     what Describe shows, but for the groups it is in
 * @param passwords at most two
 */
record UserState(User shown, List<String> passwords) {
    UserState {
        passwords = List.copyOf(passwords);
    }

    String id() {
        return shown.userId();
    }

    boolean active() {
        return shown.status().equals("active");
    }

    boolean passwordless() {
        return "no-password".equals(shown.authentication().typeAsString());
    }

    UserState show(Consumer<User.Builder> change) {
        return new UserState(shown.copy(change::accept), passwords);
    }

    UserState withPasswords(List<String> changed) {
        return new UserState(shown, changed);
    }

    @Override
    public String toString() {
        return "UserState[" + id() + ", " + shown.status() + ", " + passwords.size() + " passwords]";
    }
}
