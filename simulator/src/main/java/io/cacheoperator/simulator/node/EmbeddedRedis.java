package io.cacheoperator.simulator.node;

import com.github.fppt.jedismock.RedisServer;
import com.github.fppt.jedismock.datastructures.Slice;
import com.github.fppt.jedismock.operations.server.MockExecutor;
import com.github.fppt.jedismock.server.Response;
import com.github.fppt.jedismock.server.ServiceOptions;
import com.github.fppt.jedismock.storage.OperationExecutorState;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A redis inside this JVM, for machines without one: the common commands, passwords, no replication. */
final class EmbeddedRedis implements Backend {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private final RedisServer server;
    private final Set<OperationExecutorState> known =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile List<String> tokens = List.of();
    private volatile boolean open = true;

    private EmbeddedRedis(RedisServer server) {
        this.server = server;
    }

    static EmbeddedRedis start() throws IOException {
        RedisServer server = RedisServer.newRedisServer(0, InetAddress.getLoopbackAddress());
        EmbeddedRedis redis = new EmbeddedRedis(server);
        server.setOptions(ServiceOptions.withInterceptor(redis::handle));
        server.start();
        return redis;
    }

    /** Which passwords are accepted from now on, and whether none is needed. */
    void accept(List<String> passwords, boolean withoutPassword) {
        tokens = List.copyOf(passwords);
        open = withoutPassword;
    }

    private Slice handle(OperationExecutorState state, String command, List<Slice> arguments) {
        String name = command.toLowerCase(Locale.ROOT);
        if (name.equals("auth") && !arguments.isEmpty()) {
            if (open || tokens.contains(arguments.getLast().toString())) {
                known.add(state);
                return Response.OK;
            }
            return error("WRONGPASS invalid username-password pair or user is disabled.");
        }
        if (!open && !known.contains(state) && !name.equals("hello") && !name.equals("quit")) {
            return error("NOAUTH Authentication required.");
        }
        return MockExecutor.proceed(state, command, arguments);
    }

    private static Slice error(String text) {
        return Slice.create("-" + text + "\r\n");
    }

    @Override
    public int port() {
        return server.getBindPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            log.warn("an embedded server did not stop", e);
        }
    }
}
