package io.cacheoperator.simulator.calllog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Turns a request into plain maps and lists for the log, without its secrets. */
public final class RequestMap {
    /** What stands in the log for a secret. */
    public static final String MASKED = "***";

    private static final Set<String> SECRETS = Set.of(
            "AuthToken", "Passwords", "Password", "WebIdentityToken", "SecretAccessKey", "SessionToken", "TokenCode");

    private RequestMap() {}

    /** The members that are set, by AWS's names, in AWS's order. */
    public static Map<String, Object> of(SdkPojo pojo) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                map.put(field.memberName(), SECRETS.contains(field.memberName()) ? MASKED : plain(value));
            }
        }
        return map;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case SdkPojo pojo -> of(pojo);
            case List<?> list -> {
                List<Object> plain = new ArrayList<>();
                list.forEach(element -> plain.add(plain(element)));
                yield List.copyOf(plain);
            }
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
                yield plain;
            }
            case Number number -> number;
            case Boolean bool -> bool;
            default -> String.valueOf(value);
        };
    }
}
