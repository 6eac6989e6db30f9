package io.dermaga.engine.settings;

import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.engine.settings.SettingValues.Given;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the settings of one listener, subject by subject. */
final class ListenerReader {

    private static final int MOST_COPIES = 16;

    private final SettingValues values;
    private final SettingRules rules;

    ListenerReader(SettingValues values, SettingRules rules) {
        this.values = values;
        this.rules = rules;
    }

    /**
     * The settings.
     *
     * @param shared those that all listeners of the activation share
     */
    ListenerSettings read(Map<Setting, EffectiveSetting> shared) {
        values.effective().putAll(shared);
        SocketReader sockets = new SocketReader(values);
        FramingSettings framing = framing();
        return sockets.checked(
                new ListenerSettings(
                        values.name(),
                        sockets.hosts(),
                        values.number(Setting.PORT, 0, 65535),
                        sockets.options(),
                        sockets.dialing(),
                        framing,
                        new TlsReader(values, rules.tls()).read(),
                        access(),
                        rates(),
                        values.charset(Setting.CHARSET),
                        values.choice(Setting.CHARSET_FROM, CharsetFrom.class),
                        delivery(framing.onOversize()),
                        values.number(Setting.MAX_BATCH, 1, 100_000),
                        values.size(Setting.RECORD_BYTES, "0B", "1MiB"),
                        limits(),
                        List.copyOf(values.effective().values())));
    }

    private AccessSettings access() {
        return new AccessSettings(
                values.ranges(Setting.ALLOW),
                values.ranges(Setting.DENY),
                values.ranges(Setting.PROXY_FROM),
                values.number(Setting.MAX_CONNECTIONS_PER_ADDRESS, 1, 1_000_000),
                values.number(Setting.ACCEPT_RATE, 1, 1_000_000));
    }

    private RateSettings rates() {
        return new RateSettings(
                values.rate(Setting.READ_RATE),
                values.rate(Setting.CONNECTION_READ_RATE),
                values.rate(Setting.WRITE_RATE),
                values.rate(Setting.CONNECTION_WRITE_RATE));
    }

    private DeliverySettings delivery(OnOversize onOversize) {
        DeliverySettings delivery =
                new DeliverySettings(
                        values.choice(Setting.DURABILITY, Durability.class),
                        values.choice(Setting.ACKNOWLEDGE, Acknowledge.class),
                        answer(Setting.ACK),
                        answer(Setting.NAK),
                        values.number(Setting.MAX_DELIVERIES, 1, 1000),
                        values.duration(Setting.REDELIVERY_MIN, 1, 3_600_000),
                        values.duration(Setting.REDELIVERY_MAX, 1, 86_400_000),
                        values.choice(Setting.ON_POISON, OnPoison.class),
                        values.choice(Setting.DEAD_LETTERS, DeadLetters.class),
                        idempotency(),
                        copies());
        if (onOversize == OnOversize.DEAD_LETTER && delivery.deadLetters() == DeadLetters.NONE) {
            values.problem(
                    Setting.ON_OVERSIZE,
                    values.given(Setting.ON_OVERSIZE),
                    "CLOSE, TRUNCATE, DISCARD, since deadLetters=NONE keeps none");
        }
        if (delivery.acknowledge() == Acknowledge.ON_SPOOL && !delivery.isSpooled()) {
            values.problem(
                    Setting.ACKNOWLEDGE,
                    values.given(Setting.ACKNOWLEDGE),
                    "ON_DELIVERY, NEVER, since durability=MEMORY has no spool");
        }
        if (!delivery.copies().isEmpty()
                && (!delivery.isSpooled() || delivery.acknowledge() == Acknowledge.ON_DELIVERY)) {
            values.problem(
                    Setting.COPIES,
                    values.given(Setting.COPIES),
                    "none, or durability=SPOOLED with acknowledge=ON_SPOOL or NEVER, since a peer cannot be told of several deliveries with one answer");
        }
        if (delivery.redeliveryMin().compareTo(delivery.redeliveryMax()) > 0) {
            values.problem(
                    Setting.REDELIVERY_MIN,
                    values.given(Setting.REDELIVERY_MIN),
                    "at most redeliveryMax=" + Durations.format(delivery.redeliveryMax()));
        }
        if (delivery.acknowledge() == Acknowledge.NEVER) {
            refuseAnswer(Setting.ACK, delivery.ack());
            refuseAnswer(Setting.NAK, delivery.nak());
        }
        return delivery;
    }

    private List<String> copies() {
        List<String> names = values.list(Setting.COPIES);
        if (names.size() > MOST_COPIES
                || names.stream().map(one -> one.toLowerCase(Locale.ROOT)).distinct().count()
                        < names.size()
                || !names.stream().allMatch(SettingsReader::isName)) {
            values.problem(Setting.COPIES, values.given(Setting.COPIES), Setting.COPIES.allowed());
        }
        return names;
    }

    private void refuseAnswer(Setting setting, Answer answer) {
        if (answer instanceof Answer.Bytes bytes && bytes.bytes().length > 0) {
            values.problem(
                    setting,
                    values.given(setting),
                    "auto, none, since acknowledge=NEVER tells a peer nothing");
        }
    }

    private Answer answer(Setting setting) {
        Given given = values.given(setting);
        String text = given.text().strip();
        try {
            Answer answer = Answer.parse(text);
            values.keep(setting, given, text);
            return answer;
        } catch (IllegalArgumentException e) {
            values.problem(setting, given, setting.allowed());
            return Answer.Automatic.FRAMING;
        }
    }

    private IdempotencySettings idempotency() {
        return new IdempotencySettings(
                idempotencyKey(),
                values.duration(Setting.IDEMPOTENCY_WINDOW, 1000, 604_800_000),
                values.size(Setting.IDEMPOTENCY_CAPACITY, "64KiB", "1GiB"));
    }

    private IdempotencyKey idempotencyKey() {
        Setting setting = Setting.IDEMPOTENCY_KEY;
        Given given = values.given(setting);
        String text = given.text().strip();
        try {
            IdempotencyKey key = IdempotencyKey.parse(text);
            values.keep(setting, given, text);
            if (key == IdempotencyKey.Fixed.HL7 && !rules.framing().carriesHl7(framingText())) {
                values.problem(
                        setting,
                        given,
                        "NONE, bytes(OFFSET,LENGTH), regex(PATTERN), since MSH-10 needs framing mllp, mllp-r2, or auto with one of them");
            }
            return key;
        } catch (IllegalArgumentException e) {
            boolean own = text.startsWith("regex(") && e.getMessage() != null;
            values.problem(
                    setting,
                    given,
                    own ? setting.allowed() + "; " + e.getMessage() : setting.allowed());
            return IdempotencyKey.Fixed.NONE;
        }
    }

    private String framingText() {
        return values.given(Setting.FRAMING).text().strip();
    }

    private FramingSettings framing() {
        Given given = values.given(Setting.FRAMING);
        String text = framingText();
        String allowed = rules.framing().problem(text);
        if (allowed != null) {
            values.problem(Setting.FRAMING, given, allowed);
        }
        values.keep(Setting.FRAMING, given, text);
        EnvelopePolicy envelope = values.choice(Setting.ENVELOPE, EnvelopePolicy.class);
        OnOversize onOversize = values.choice(Setting.ON_OVERSIZE, OnOversize.class);
        OnEmpty onEmpty = values.choice(Setting.ON_EMPTY, OnEmpty.class);
        OnIncomplete onIncomplete = values.choice(Setting.ON_INCOMPLETE, OnIncomplete.class);
        if (onIncomplete == OnIncomplete.DELIVER && !rules.framing().isDelimited(text)) {
            values.problem(
                    Setting.ON_INCOMPLETE,
                    values.given(Setting.ON_INCOMPLETE),
                    "DISCARD, since a payload of framing '"
                            + text
                            + "' that is not complete is known to be cut");
        }
        return new FramingSettings(text, envelope, onOversize, onEmpty, onIncomplete);
    }

    private Limits limits() {
        return new Limits(
                values.number(Setting.MAX_CONNECTIONS, 1, 1_000_000),
                values.size(Setting.MAX_PAYLOAD, "1B", "1TiB"),
                values.size(Setting.SPILL_THRESHOLD, "4KiB", "1GiB"),
                values.size(Setting.HIGH_WATERMARK, "4KiB", "1GiB"),
                values.size(Setting.BUDGET, "1MiB", "1TiB"),
                values.size(Setting.MAX_WRITE_BUFFER, "64KiB", "1GiB"),
                values.duration(Setting.IDLE_TIMEOUT, 100, 86_400_000),
                values.duration(Setting.FRAME_TIMEOUT, 100, 86_400_000),
                values.duration(Setting.HANDSHAKE_TIMEOUT, 100, 600_000),
                values.duration(Setting.FIRST_BYTE_TIMEOUT, 100, 86_400_000),
                values.duration(Setting.READ_TIMEOUT, 100, 86_400_000),
                values.duration(Setting.WRITE_TIMEOUT, 100, 86_400_000));
    }
}
