package io.cacheoperator.simulator.node;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A memcached inside this JVM, for machines without one: the text protocol's common commands. Items do not expire. */
final class EmbeddedMemcached implements Backend {
    private record Item(String flags, byte[] data, long unique) {}

    private static final Logger log = LoggerFactory.getLogger(EmbeddedMemcached.class);
    private final ServerSocket server;
    private final Map<String, Item> items = new ConcurrentHashMap<>();
    private final AtomicLong uniques = new AtomicLong();

    private EmbeddedMemcached(ServerSocket server) {
        this.server = server;
    }

    static EmbeddedMemcached start() throws IOException {
        EmbeddedMemcached memcached = new EmbeddedMemcached(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("memcached-" + memcached.port()).start(memcached::accept);
        return memcached;
    }

    @Override
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.warn("an embedded server did not stop", e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                log.debug("embedded server closed", e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = new BufferedOutputStream(client.getOutputStream());
            for (String line = line(in); !line.isEmpty() && !line.equals("quit"); line = line(in)) {
                out.write(answer(line.split(" ", -1), in));
                out.flush();
            }
        } catch (IOException e) {
            log.debug("a client's connection ended", e);
        }
    }

    private byte[] answer(String[] command, InputStream in) throws IOException {
        return switch (command[0]) {
            case "get", "gets" -> get(command);
            case "set", "add", "replace" -> store(command, in);
            case "delete" -> text(items.remove(argument(command, 1)) == null ? "NOT_FOUND" : "DELETED");
            case "incr" -> add(command, 1);
            case "decr" -> add(command, -1);
            case "touch" -> text(items.containsKey(argument(command, 1)) ? "TOUCHED" : "NOT_FOUND");
            case "flush_all" -> {
                items.clear();
                yield text("OK");
            }
            case "version" -> text("VERSION 1.6.22");
            case "stats" -> text("STAT curr_items " + items.size() + "\r\nSTAT version 1.6.22\r\nEND");
            default -> text("ERROR");
        };
    }

    private byte[] get(String[] command) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 1; i < command.length; i++) {
            Item item = items.get(command[i]);
            if (item != null) {
                String unique = command[0].equals("gets") ? " " + item.unique() : "";
                out.write(text("VALUE %s %s %d%s".formatted(command[i], item.flags(), item.data().length, unique)));
                out.write(item.data());
                out.write(text(""));
            }
        }
        out.write(text("END"));
        return out.toByteArray();
    }

    private byte[] store(String[] command, InputStream in) throws IOException {
        int length = Integer.parseInt(argument(command, 4));
        byte[] data = in.readNBytes(length);
        in.skipNBytes(2);
        String key = argument(command, 1);
        Item item = new Item(argument(command, 2), data, uniques.incrementAndGet());
        boolean stored = switch (command[0]) {
            case "add" -> items.putIfAbsent(key, item) == null;
            case "replace" -> items.replace(key, item) != null;
            default -> {
                items.put(key, item);
                yield true;
            }
        };
        boolean quiet = command[command.length - 1].equals("noreply");
        return quiet ? new byte[0] : text(stored ? "STORED" : "NOT_STORED");
    }

    private byte[] add(String[] command, int sign) {
        long delta = sign * Long.parseLong(argument(command, 2));
        Item changed = items.computeIfPresent(argument(command, 1), (key, item) -> {
            long value = Math.max(0, Long.parseLong(new String(item.data(), StandardCharsets.US_ASCII)) + delta);
            byte[] data = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
            return new Item(item.flags(), data, uniques.incrementAndGet());
        });
        return text(changed == null ? "NOT_FOUND" : new String(changed.data(), StandardCharsets.US_ASCII));
    }

    private static String argument(String[] command, int index) {
        return index < command.length ? command[index] : "0";
    }

    private static byte[] text(String line) {
        return (line + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A line without its end; empty when the client is done. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
