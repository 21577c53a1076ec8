package io.cacheoperator.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which passes run. */
final class PassThreads {

    private PassThreads() {}

    /**
     * What JOSDK still hands over once they are shut down, for a retry or because AWS answered, is nobody's any more and is dropped.
     *
     * @param count how many resources are worked on at a time
     */
    static ExecutorService start(int count) {
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("reconcile-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }
}
