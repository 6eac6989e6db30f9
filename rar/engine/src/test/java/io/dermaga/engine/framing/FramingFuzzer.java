package io.dermaga.engine.framing;

import io.dermaga.engine.settings.OnOversize;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What must hold for any bytes in any framing, in the form that Jazzer calls: started by {@link
 * FuzzTest} in a process of its own, for one framing.
 */
public final class FramingFuzzer {

    private static final int MOST_PAYLOAD = 200;
    private static final long MOST_MEMORY = 64 * 1024;

    private static String framing = "lines";

    private FramingFuzzer() {}

    /** What became of a stream. */
    private record Outcome(
            List<String> payloads, List<String> answers, boolean fault, long lostBytes) {}

    /** Jazzer calls this once, with the framing. */
    public static void fuzzerInitialize(String[] arguments) {
        framing = arguments[0];
    }

    /** Jazzer calls this with each input. */
    public static void fuzzerTestOneInput(byte[] stream) {
        check(framing, stream);
    }

    /** Fails if the outcome depends on slices, or if bytes are lost, doubled or hoarded. */
    static void check(String framing, byte[] stream) {
        int seed = Arrays.hashCode(stream);
        OnOversize onOversize = List.of(OnOversize.values()).get(Math.floorMod(seed, 3));
        boolean keep = (seed & 8) != 0;
        Outcome whole = outcome(framing, keep, onOversize, stream, stream.length + 1, seed);
        for (int most : new int[] {1, 9}) {
            Outcome sliced = outcome(framing, keep, onOversize, stream, most, seed);
            if (!sliced.equals(whole)) {
                throw new AssertionError(
                        "in slices of at most %d bytes: %s; as a whole: %s"
                                .formatted(most, sliced, whole));
            }
        }
    }

    private static Outcome outcome(
            String framing,
            boolean keep,
            OnOversize onOversize,
            byte[] stream,
            int mostSlice,
            int seed) {
        Random random = new Random(seed);
        FramingOptions options = AssemblyUnderTest.options(MOST_PAYLOAD, onOversize);
        Example example = new Example(framing, keep, "", List.of());
        try (AssemblyUnderTest assembly = new AssemblyUnderTest(example, options)) {
            boolean fault = false; // which one may depend on what was read together
            int read = 0;
            while (read < stream.length && !fault) {
                int end = Math.min(stream.length, read + 1 + random.nextInt(mostSlice));
                try {
                    assembly.read(stream, read, end);
                } catch (FramingException e) {
                    fault = true;
                }
                read = end;
                requireAccounted(assembly, read);
            }
            if (!fault) {
                fault = !endsWhole(assembly);
            }
            return new Outcome(
                    List.copyOf(assembly.payloads()),
                    List.copyOf(assembly.answers()),
                    fault,
                    fault ? 0 : assembly.lostBytes());
        }
    }

    private static boolean endsWhole(AssemblyUnderTest assembly) {
        try {
            assembly.end();
            return true;
        } catch (FramingException e) {
            return false;
        }
    }

    private static void requireAccounted(AssemblyUnderTest assembly, int read) {
        Assembler assembler = assembly.assembler();
        long known = assembly.payloadBytes() + assembly.lostBytes() + assembler.growing().size();
        if (known > read || assembly.lostBytes() < 0) {
            throw new AssertionError("bytes: read=" + read + " accounted=" + known);
        }
        if (assembler.growing().size() > 0 && assembly.growingMemory() > MOST_MEMORY) {
            throw new AssertionError("memory: used=" + assembly.growingMemory());
        }
    }
}
