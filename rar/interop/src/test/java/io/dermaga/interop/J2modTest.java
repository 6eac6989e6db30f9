package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** j2mod as the Modbus master. */
class J2modTest {

    private static final int READ_REGISTERS = 3;
    private static final int WRITE_REGISTERS = 16;
    private static final int HEADER_BYTES = 6;

    /** A slave whose registers hold their addresses. */
    private static byte[] slave(byte[] payload) {
        ByteBuffer request = ByteBuffer.wrap(payload);
        short transaction = request.getShort();
        assertThat(request.getShort()).as("protocol").isZero();
        assertThat(request.getShort()).as("length").isEqualTo((short) request.remaining());
        byte unit = request.get();
        byte function = request.get();
        short address = request.getShort();
        short count = request.getShort();
        ByteBuffer answer = ByteBuffer.allocate(260);
        answer.putShort(transaction).putShort((short) 0).putShort((short) 0);
        answer.put(unit).put(function);
        if (function == READ_REGISTERS) {
            answer.put((byte) (2 * count));
            for (int i = 0; i < count; i++) {
                answer.putShort((short) (address + i));
            }
        } else {
            assertThat(function).isEqualTo((byte) WRITE_REGISTERS);
            answer.putShort(address).putShort(count);
        }
        answer.putShort(4, (short) (answer.position() - HEADER_BYTES));
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Test
    void requests_of_the_master_are_received_and_answered() throws Exception {
        try (Receiver receiver = Receiver.of("modbus", J2modTest::slave)) {
            ModbusTCPMaster master = new ModbusTCPMaster(Receiver.HOST, receiver.port());
            master.setTimeout(30_000);
            master.setRetries(0);
            master.connect();
            for (int i = 1; i <= 100; i++) {
                Register[] registers = master.readMultipleRegisters(1, 1000 + i, i);
                assertThat(registers).hasSize(i);
                assertThat(registers[i - 1].getValue()).isEqualTo(1000 + 2 * i - 1);
            }
            Register[] values = {new SimpleRegister(7), new SimpleRegister(0x0d0a)};
            assertThat(master.writeMultipleRegisters(1, 5, values)).isEqualTo(2);
            master.disconnect();
            assertThat(receiver.payloads()).hasSize(101);
            assertThat(receiver.payloads())
                    .last()
                    .asInstanceOf(InstanceOfAssertFactories.BYTE_ARRAY)
                    .endsWith(2, 4, 0, 7, 0x0d, 0x0a);
            assertThat(receiver.settled().envelopeBytes()).isZero();
        }
    }
}
