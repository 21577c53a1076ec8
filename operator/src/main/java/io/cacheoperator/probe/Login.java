package io.cacheoperator.probe;

/** What AUTH is given. The password never reaches {@code toString}. */
public record Login(String username, String password) {

    @Override
    public String toString() {
        return "Login[username=" + username + "]";
    }
}
