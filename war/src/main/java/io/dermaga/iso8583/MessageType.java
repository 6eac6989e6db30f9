package io.dermaga.iso8583;

import java.util.List;
import java.util.Optional;

/** The type of a message in words: version, class, function and origin, a digit each. */
final class MessageType {

    private static final List<String> VERSIONS = List.of("1987", "1993", "2003");

    private static final List<String> CLASSES =
            List.of(
                    "",
                    "Authorization",
                    "Financial",
                    "File action",
                    "Reversal or chargeback",
                    "Reconciliation",
                    "Administrative",
                    "Fee collection",
                    "Network management");

    private static final List<String> FUNCTIONS =
            List.of(
                    "request",
                    "response to a request",
                    "advice",
                    "response to an advice",
                    "notification",
                    "acknowledgement of a notification",
                    "instruction",
                    "acknowledgement of an instruction");

    private static final List<String> ORIGINS =
            List.of(
                    "acquirer",
                    "acquirer, repeated",
                    "issuer",
                    "issuer, repeated",
                    "other",
                    "other, repeated");

    private MessageType() {}

    /** Empty if there is no such type. */
    static Optional<String> meaning(String digits) {
        String version = word(VERSIONS, digits.charAt(0));
        String kind = word(CLASSES, digits.charAt(1));
        String function = word(FUNCTIONS, digits.charAt(2));
        String origin = word(ORIGINS, digits.charAt(3));
        return version.isEmpty() || kind.isEmpty() || function.isEmpty() || origin.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s, %s (%s), ISO 8583:%s".formatted(kind, function, origin, version));
    }

    private static String word(List<String> words, char digit) {
        int number = digit - '0';
        return number < 0 || number >= words.size() ? "" : words.get(number);
    }

    /** Whether it is of 1993 or later. */
    static boolean isLater(String digits) {
        return digits.charAt(0) != '0';
    }
}
