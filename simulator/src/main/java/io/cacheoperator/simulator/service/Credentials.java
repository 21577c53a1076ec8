package io.cacheoperator.simulator.service;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The credential scope of a request: {@code Credential=<key>/<date>/<region>/<service>/aws4_request}. Signatures are not verified.
 *
 * @param accessKeyId empty if the request is not signed
 * @param region      where the request was signed for
 * @param service     the signing name, empty if the request is not signed
 */
public record Credentials(String accessKeyId, String region, String service) {
    /** Where an unsigned request goes. */
    public static final String DEFAULT_REGION = "us-east-1";

    private static final Pattern SCOPE =
            Pattern.compile("Credential=([^/,\\s]+)/[0-9]{8}/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request");

    /** Reads the {@code Authorization} header, or the {@code X-Amz-Credential} of a presigned request in the same form. */
    public static Credentials parse(Optional<String> authorization) {
        Matcher scope = SCOPE.matcher(authorization.orElse(""));
        return scope.find()
                ? new Credentials(scope.group(1), scope.group(2), scope.group(3))
                : new Credentials("", DEFAULT_REGION, "");
    }
}
