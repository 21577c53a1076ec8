package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address block in AWS's canonical form: host bits cleared, IPv6 shortened.
 *
 * @param network the first address, as an unsigned number
 * @param prefix  how many bits are fixed
 * @param v6      whether the addresses are IPv6
 */
record Cidr(BigInteger network, int prefix, boolean v6) {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final int V6_GROUPS = 8;
    private static final int MAX_DIGITS = 3;
    private static final Pattern V4 = Pattern.compile("([0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Reads an IPv4 block. */
    static Cidr v4(String text) {
        return parse(text, V4, V4_BITS);
    }

    /** Reads an IPv6 block. */
    static Cidr v6(String text) {
        return parse(text, V6, V6_BITS);
    }

    private static Cidr parse(String text, Pattern form, int bits) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !form.matcher(parts[0]).matches() || !isPrefix(parts[1], bits)) {
            throw malformed(text);
        }
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            if (address.length * Byte.SIZE != bits) {
                throw malformed(text);
            }
            int prefix = Integer.parseInt(parts[1]);
            int host = bits - prefix;
            return new Cidr(new BigInteger(1, address).shiftRight(host).shiftLeft(host), prefix, bits == V6_BITS);
        } catch (UnknownHostException malformed) {
            throw malformed(text);
        }
    }

    private static boolean isPrefix(String text, int bits) {
        return !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(Character::isDigit)
                && Integer.parseInt(text) <= bits;
    }

    private static AwsError malformed(String text) {
        return AwsError.invalidParameterValue("CIDR block " + text + " is malformed");
    }

    /** How many addresses it has. IPv4 only. */
    long size() {
        return 1L << (V4_BITS - prefix);
    }

    /** The address at an offset from the first. IPv4 only. */
    String address(long offset) {
        long value = network.longValueExact() + offset;
        return (value >> 24 & 255) + "." + (value >> 16 & 255) + "." + (value >> 8 & 255) + "." + (value & 255);
    }

    /** The n-th block of a longer prefix inside this one. */
    Cidr part(int n, int longerPrefix) {
        int bits = v6 ? V6_BITS : V4_BITS;
        BigInteger offset = BigInteger.valueOf(n).shiftLeft(bits - longerPrefix);
        return new Cidr(network.add(offset), longerPrefix, v6);
    }

    boolean contains(Cidr other) {
        int host = (v6 ? V6_BITS : V4_BITS) - prefix;
        return v6 == other.v6
                && prefix <= other.prefix
                && network.shiftRight(host).equals(other.network.shiftRight(host));
    }

    boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    @Override
    public String toString() {
        return (v6 ? shortened() : address(0)) + "/" + prefix;
    }

    /** The text form of RFC 5952: lower case, no leading zeros, the longest run of at least two zero groups as {@code ::}. */
    private String shortened() {
        int[] groups = new int[V6_GROUPS];
        for (int i = 0; i < V6_GROUPS; i++) {
            groups[i] = network.shiftRight(Short.SIZE * (V6_GROUPS - 1 - i)).intValue() & 0xFFFF;
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < V6_GROUPS; i++) {
            int length = 0;
            while (i + length < V6_GROUPS && groups[i + length] == 0) {
                length++;
            }
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < V6_GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
