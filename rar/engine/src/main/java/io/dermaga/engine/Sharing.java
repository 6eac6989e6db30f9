package io.dermaga.engine;

import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether an activation may use a listener of another one: both name the same group, or each one of
 * the groups to which copies go.
 */
final class Sharing {

    /** What each activation has for itself. */
    private static final Set<String> OWN =
            Set.of(Setting.CONCURRENCY.property(), Setting.DRAIN_TIMEOUT.property());

    /** The same where copies go to several groups. */
    private static final Set<String> COPIED =
            Stream.concat(OWN.stream(), Stream.of(Setting.GROUP.property()))
                    .collect(Collectors.toUnmodifiableSet());

    private Sharing() {}

    /**
     * Why a listener that is open cannot be shared.
     *
     * @param group of whoever wants it; empty: none
     * @param there group of an activation that has it; empty: none
     * @return DMG1104 without a common group, or if it is being closed, DMG1111 if other settings
     *     are wanted; empty if it can
     */
    static Optional<String> problem(
            ListenerSettings wanted, Listener open, String group, String there) {
        if (open.isEnding()) {
            return Optional.of(
                    "DMG1104 property 'name': given '%s', which is the name of a listener that is being closed, allowed: a name of its own, or the same again when it is closed"
                            .formatted(wanted.name()));
        }
        boolean copies = !wanted.delivery().copies().isEmpty();
        if (there.isEmpty() || !(copies || group.equals(there))) {
            return Optional.of(
                    "DMG1104 property 'name': given '%s', which is the name of a listener of activation '%s' already, allowed: a name of its own, the same group, or groups that copies names"
                            .formatted(wanted.name(), open.activation()));
        }
        Set<String> own = copies ? COPIED : OWN;
        List<String> different = different(wanted, open.settings(), own);
        return different.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "DMG1111 listener '%s' of group '%s' is open with other settings by activation '%s': %s; allowed: the same, except %s"
                                .formatted(
                                        wanted.name(),
                                        group,
                                        open.activation(),
                                        String.join(", ", different),
                                        own.stream().sorted().collect(Collectors.joining(", "))));
    }

    private static List<String> different(
            ListenerSettings wanted, ListenerSettings open, Set<String> own) {
        Map<String, String> there =
                open.effective().stream()
                        .collect(Collectors.toMap(EffectiveSetting::name, EffectiveSetting::value));
        return wanted.effective().stream()
                .filter(one -> !own.contains(one.name()))
                .filter(one -> !one.value().equals(there.get(one.name())))
                .map(
                        one ->
                                "%s given '%s', there '%s'"
                                        .formatted(one.name(), one.value(), there.get(one.name())))
                .toList();
    }
}
