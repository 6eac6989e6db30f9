package io.dermaga.run;

import java.util.Optional;
import java.util.StringJoiner;

/** What a person wants to know when the product is up. */
final class Banner {

    private Banner() {}

    static String of(Product product) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add("");
        lines.add("  Dermaga is up.");
        lines.add("");
        lines.add("  dashboard   " + product.dashboard());
        lines.add("  user        admin, password: " + password(product));
        for (InboxListener listener : product.listeners()) {
            lines.add("  listener    '%s' %s".formatted(listener.name(), state(product, listener)));
        }
        product.listeners().stream()
                .findFirst()
                .map(first -> "printf 'hello' | nc -N localhost " + first.port())
                .ifPresent(line -> lines.add("  try         " + line));
        lines.add("  log         " + product.server().log().file());
        lines.add("");
        lines.add("  Ctrl-C stops it.");
        lines.add("");
        return lines.toString();
    }

    private static String password(Product product) {
        Optional<String> generated = product.generatedPassword();
        return generated.orElse("as given by dermaga.admin.password or said at the first start");
    }

    private static String state(Product product, InboxListener listener) {
        return product.listening(listener)
                .orElse("does not listen on port " + listener.port() + "; the log says why");
    }
}
