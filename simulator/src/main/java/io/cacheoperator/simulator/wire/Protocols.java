package io.cacheoperator.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out by its headers which protocol a request speaks; services do move from one protocol to another. */
public final class Protocols {
    private static final Pattern RPC = Pattern.compile(".*/service/([^/]+)/operation/([^/]+)/?");

    private Protocols() {}

    /** The request in its protocol. What has neither of the marks of the others is a query. */
    public static Incoming detect(WireRequest request) {
        Matcher rpc = RPC.matcher(request.path());
        if (request.header(CborIncoming.PROTOCOL_HEADER).isPresent() && rpc.matches()) {
            return new CborIncoming(rpc.group(1), rpc.group(2), request.body());
        }
        Optional<String> target = request.header("X-Amz-Target");
        if (target.isPresent()) {
            String contentType = request.header("Content-Type").orElse("application/x-amz-json-1.1");
            return new JsonIncoming(target.get(), contentType, request.body());
        }
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return new QueryIncoming(Param.parse(request.query(), body));
    }
}
