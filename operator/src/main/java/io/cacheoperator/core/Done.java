package io.cacheoperator.core;

/** The value of a call that answers nothing but that it took effect. */
public enum Done {
    DONE
}
