package io.dermaga.it.recorder;

import io.dermaga.api.Payload;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDrivenContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Writes a row for each delivery. A payload is a line {@code PEER NUMBER}; of every seventh number
 * the first delivery is rolled back, and what it wrote and replied with it.
 */
abstract class Recorder {

    private static final int ROLLED_BACK_EACH = 7;

    @Resource(lookup = "jdbc/recorder")
    private DataSource database;

    @Resource private MessageDrivenContext context;

    /** Records a delivery; what it returns is in the row, too, and in no other. */
    String record(Payload payload) {
        List<String> words = List.of(payload.text().split(" ", 2));
        String token = UUID.randomUUID().toString();
        int number = Integer.parseInt(words.get(1));
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into recordings (peer, number, delivery, token) values (?, ?, ?, ?)")) {
            insert.setString(1, words.get(0));
            insert.setInt(2, number);
            insert.setInt(3, payload.deliveryCount());
            insert.setString(4, token);
            insert.executeUpdate();
        } catch (SQLException failed) {
            throw new EJBException(failed);
        }
        if (number % ROLLED_BACK_EACH == 0 && payload.deliveryCount() == 1) {
            context.setRollbackOnly();
        }
        return token;
    }
}
