package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.Authentication;
import software.amazon.awssdk.services.elasticache.model.AuthenticationMode;

/**
 * How a user proves who it is. No text form shows a password.
 *
 * @param type      as Describe shows it: password, no-password or iam
 * @param passwords at most two
 */
record UserCredentials(String type, List<String> passwords) {
    private static final int MOST = 2;
    private static final int SHORTEST = 16;
    private static final int LONGEST = 128;

    UserCredentials {
        passwords = List.copyOf(passwords);
    }

    /** What a request says; empty if it says nothing. */
    static Optional<UserCredentials> of(
            List<String> passwords, @Nullable Boolean none, @Nullable AuthenticationMode mode) {
        boolean open = Boolean.TRUE.equals(none);
        if (mode != null) {
            if (open || !passwords.isEmpty()) {
                throw AwsError.invalidParameterCombination(
                        "AuthenticationMode cannot be given together with Passwords or NoPasswordRequired.");
            }
            return Optional.of(ofMode(mode));
        }
        if (open && !passwords.isEmpty()) {
            throw AwsError.invalidParameterCombination("Passwords cannot be given together with NoPasswordRequired.");
        }
        if (open) {
            return Optional.of(new UserCredentials("no-password", List.of()));
        }
        return passwords.isEmpty() ? Optional.empty() : Optional.of(new UserCredentials("password", passwords));
    }

    private static UserCredentials ofMode(AuthenticationMode mode) {
        String type = Identifiers.text("AuthenticationMode.Type", mode.typeAsString());
        return switch (type) {
            case "password" -> new UserCredentials("password", mode.passwords());
            case "no-password-required" -> new UserCredentials("no-password", List.of());
            case "iam" -> {
                if (!mode.passwords().isEmpty()) {
                    throw AwsError.invalidParameterCombination(
                            "Password field is not allowed with authentication type: iam");
                }
                yield new UserCredentials("iam", List.of());
            }
            default -> throw AwsError.invalidParameterValue("Invalid authentication type: " + type);
        };
    }

    static AwsError missing() {
        return AwsError.invalidParameterCombination("""
                No password was provided. If you want to create/update the user without password, please use the NoPasswordRequired flag.""");
    }

    /** Refuses passwords of the wrong number or form, and IAM users whose id is not their name. */
    void check(String userId, String userName) {
        if (type.equals("iam") && !userId.equalsIgnoreCase(userName)) {
            throw AwsError.invalidParameterCombination(
                    "User Id and User name must be same for authentication type: iam");
        }
        if (type.equals("password") && passwords.isEmpty()) {
            throw missing();
        }
        if (passwords.size() > MOST) {
            throw AwsError.invalidParameterCombination("A user can have at most %d passwords.".formatted(MOST));
        }
        for (String password : passwords) {
            if (password.length() < SHORTEST || password.length() > LONGEST) {
                throw AwsError.invalidParameterValue("Passwords length must be between 16-128 characters.");
            }
            if (password.matches(".*[,\"/@].*")) {
                throw AwsError.invalidParameterValue("Passwords must not contain any of , \" / @");
            }
        }
    }

    Authentication shown() {
        Authentication.Builder shown = Authentication.builder().type(type);
        if (type.equals("password")) {
            shown.passwordCount(passwords.size());
        }
        return shown.build();
    }

    @Override
    public String toString() {
        return "UserCredentials[" + type + ", " + passwords.size() + " passwords]";
    }
}
