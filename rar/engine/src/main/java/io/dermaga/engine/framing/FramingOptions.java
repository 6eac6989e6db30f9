package io.dermaga.engine.framing;

import io.dermaga.engine.settings.DeliverySettings;
import io.dermaga.engine.settings.FramingSettings;
import io.dermaga.engine.settings.OnEmpty;
import io.dermaga.engine.settings.OnIncomplete;
import io.dermaga.engine.settings.OnOversize;

/**
 * What all framings have in common.
 *
 * @param maxPayload bytes of the largest payload
 * @param onOversize what happens to a larger one
 * @param deliverEmpty whether a payload without a byte is delivered
 * @param deliverTail whether the end of the stream completes a payload whose delimiter is missing
 * @param answered whether payloads are answered, whatever the framing
 */
public record FramingOptions(
        long maxPayload,
        OnOversize onOversize,
        boolean deliverEmpty,
        boolean deliverTail,
        boolean answered) {

    /** Those of a listener. */
    public static FramingOptions of(
            FramingSettings settings, DeliverySettings delivery, long maxPayload) {
        return new FramingOptions(
                maxPayload,
                settings.onOversize(),
                settings.onEmpty() == OnEmpty.DELIVER,
                settings.onIncomplete() == OnIncomplete.DELIVER,
                delivery.answers());
    }
}
