package io.cacheoperator.core;

/** Whose a thing in AWS is. Tags cannot be read while a resource is busy, so not knowing is an answer of its own. */
public sealed interface Ownership {

    /** It carries our owner tag, or our own create call made it. */
    record Ours() implements Ownership {}

    /** It carries another owner's tag. */
    record Foreign(String owner) implements Ownership {}

    /** It exists and carries no owner tag. */
    record Nobody() implements Ownership {}

    /** It could not be asked: wait, write nothing, and do not call it stalled. */
    record OwnerUnknown(String why) implements Ownership {}
}
