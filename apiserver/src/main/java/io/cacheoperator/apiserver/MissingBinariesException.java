package io.cacheoperator.apiserver;

/** This machine has no kube-apiserver; the message says how to get one. */
public final class MissingBinariesException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    MissingBinariesException() {
        super(ApiServerBinaries.HOW_TO_GET);
    }
}
