package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The syntax of ElastiCache's identifiers. All are stored in lower case. */
final class Identifiers {
    static final int REPLICATION_GROUP_LENGTH = 40;
    static final int CACHE_CLUSTER_LENGTH = 50;
    static final int NAME_LENGTH = 255;
    private static final Pattern SYNTAX = Pattern.compile("[a-z](?:-?[a-z0-9]+)*");

    private Identifiers() {}

    /**
     * An identifier for a new resource, in lower case.
     *
     * @param parameter the request parameter, as AWS names it in the error
     * @throws AwsError if it is missing, too long or of the wrong form
     */
    static String create(String parameter, @Nullable String value, int longest) {
        String id = required(parameter, value);
        if (id.length() > longest || !SYNTAX.matcher(id).matches()) {
            throw AwsError.invalidParameterValue("""
                    The parameter %s is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, \
                    digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.""".formatted(parameter));
        }
        return id;
    }

    /** An identifier of something that exists, or not, in lower case. */
    static String required(String parameter, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ElastiCacheErrors.missing(parameter);
        }
        return value.toLowerCase(Locale.ROOT);
    }

    /** A text that must be given. */
    static String text(String parameter, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw ElastiCacheErrors.missing(parameter);
        }
        return value;
    }
}
