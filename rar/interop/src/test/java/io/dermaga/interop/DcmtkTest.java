package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of DCMTK as the requesting application entities. */
class DcmtkTest {

    private static List<Integer> types(Receiver receiver) {
        return receiver.payloads().stream().map(unit -> (int) unit[0]).toList();
    }

    private static void assertWholeUnits(Receiver receiver) {
        assertThat(receiver.payloads())
                .allSatisfy(unit -> assertThat(unit).hasSize(DicomEntity.length(unit)));
        assertThat(receiver.settled().envelopeBytes()).isZero();
    }

    @Test
    void echoscu_is_answered() throws Exception {
        Program echoscu = Program.named("echoscu");
        DicomEntity entity = new DicomEntity();
        try (Receiver receiver = Receiver.of("dicom", entity)) {
            echoscu.run("", "--repeat", "3", Receiver.HOST, receiver.port());
            assertThat(types(receiver)).containsExactly(1, 4, 4, 4, 5);
            assertThat(entity.commands()).containsExactly(0x30, 0x30, 0x30);
            assertWholeUnits(receiver);
        }
    }

    @Test
    void storescu_stores_an_object_in_many_units(@TempDir Path folder) throws Exception {
        Program dump2dcm = Program.named("dump2dcm");
        Program storescu = Program.named("storescu");
        Path dump =
                Files.writeString(
                        folder.resolve("object.dump"),
                        """
                        (0008,0016) UI 1.2.840.10008.5.1.4.1.1.104.1
                        (0008,0018) UI 1.2.826.0.1.3680043.2.1.1
                        (0010,0010) PN Mueller^Anna
                        (0042,0011) OB %s
                        """
                                .formatted("00\\".repeat(299_999) + "00"));
        Path object = folder.resolve("object.dcm");
        dump2dcm.run("", "--line", 1_000_000, dump, object);
        DicomEntity entity = new DicomEntity();
        try (Receiver receiver = Receiver.of("dicom", entity)) {
            storescu.run("", Receiver.HOST, receiver.port(), object);
            assertThat(entity.commands()).containsExactly(0x01);
            assertThat(entity.datasetBytes()).isGreaterThan(300_000);
            assertThat(types(receiver)).hasSizeGreaterThan(15).endsWith(5);
            assertWholeUnits(receiver);
        }
    }
}
