package io.cacheoperator.simulator.node;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The ACL user with which we, and the replicas, come to the servers, whatever tokens the cache has. No text form shows its password. */
final class RedisLogin {
    static final String USER = "simulator";
    private static final int BYTES = 16;
    private final String password;

    private RedisLogin(String password) {
        this.password = password;
    }

    static RedisLogin random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new RedisLogin(HexFormat.of().formatHex(random));
    }

    String password() {
        return password;
    }

    /** The AUTH command as a replica sends it. */
    byte[] command() {
        return "*3\r\n$4\r\nAUTH\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n"
                .formatted(USER.length(), USER, password.length(), password)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "RedisLogin[" + USER + "]";
    }
}
