package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.settings.OnOversize;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a stream is cut into chunks, its payloads are the same. */
class SlicingTest {

    private static final int RANDOM_SLICINGS = 100_000;

    private static final FramingOptions OPTIONS = AssemblyUnderTest.options(1000, OnOversize.CLOSE);

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.framing.Example#all")
    void a_stream_cut_at_any_two_bytes_is_assembled_once(Example example) throws Exception {
        byte[] stream = example.bytes();
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                assembles(example, 0, first, second, stream.length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.framing.Example#all")
    void a_stream_read_byte_by_byte_is_assembled_once(Example example) throws Exception {
        int[] cuts = new int[example.bytes().length + 1];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i;
        }
        assembles(example, cuts);
    }

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.framing.Example#all")
    void a_stream_in_random_slices_is_assembled_once(Example example) throws Exception {
        Random random = new Random(20_260_801);
        int length = example.bytes().length;
        for (int round = 0; round < RANDOM_SLICINGS; round++) {
            int[] cuts = random.ints(random.nextInt(1, 8), 0, length + 1).sorted().toArray();
            cuts[0] = 0;
            int[] all = Arrays.copyOf(cuts, cuts.length + 1);
            all[cuts.length] = length;
            assembles(example, all);
        }
    }

    private static void assembles(Example example, int... cuts) throws FramingException {
        byte[] stream = example.bytes();
        try (AssemblyUnderTest assembly = new AssemblyUnderTest(example, OPTIONS)) {
            for (int i = 1; i < cuts.length; i++) {
                if (cuts[i] > cuts[i - 1]) {
                    assembly.read(stream, cuts[i - 1], cuts[i]);
                }
            }
            assembly.end();
            if (assembly.assembler().inFrame()
                    || !assembly.payloads()
                            .equals(example.payloads())) { // cheap, millions of times
                assertThat(assembly.payloads()).as("cuts %s", cuts).isEqualTo(example.payloads());
                assertThat(assembly.assembler().inFrame()).as("cuts %s", cuts).isFalse();
            }
        }
    }
}
