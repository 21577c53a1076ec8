package io.cacheoperator.simulator.service;

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
            Pattern.compile("Credential=([^/,&\\s]+)/[0-9]{8}/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request");

    /** Finds the scope in an {@code Authorization} header, or in the decoded query string of a presigned request. */
    public static Credentials parse(String text) {
        Matcher scope = SCOPE.matcher(text);
        return scope.find()
                ? new Credentials(scope.group(1), scope.group(2), scope.group(3))
                : new Credentials("", DEFAULT_REGION, "");
    }
}
